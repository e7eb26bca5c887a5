import { CommanderError, Command as Program } from 'commander'
import { asFault, fault } from '../base/errors/fault.ts'
import { commands } from '../commands/catalogue.generated.ts'
import type { Command, CommandContext } from '../commands/define.ts'
import { version } from '../instruments/assets/version.ts'
import { printFault } from './print-fault.ts'

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const problemIn = (issues: readonly { path: PropertyKey[]; message: string }[]) =>
  issues
    .map(({ path, message }) => (path.length > 0 ? `--${kebab(path.join('.'))}: ${message}` : message))
    .join('; ')

const perform = async (command: Command, words: Record<string, unknown>, context: CommandContext) => {
  const input = command.input.safeParse(words)
  if (!input.success) {
    throw fault('E_USAGE', { message: problemIn(input.error.issues), command: `plimsoll ${command.id}` })
  }
  const execute = await command.load()
  return execute(input.data, context)
}

const wordsOf = (command: Command, positional: readonly unknown[], options: Record<string, unknown>) => ({
  ...options,
  ...Object.fromEntries(
    command.arguments
      .map(({ name }, index) => [name.replace(/[[\]<>.]/g, ''), positional[index]] as const)
      .filter(([, value]) => value !== undefined),
  ),
})

const register = (
  program: Program,
  command: Command,
  onRun: (work: Promise<number>) => void,
  context: CommandContext,
) => {
  const word = program.command(command.id).description(command.summary).helpGroup(GROUPS[command.group])
  for (const { name, description } of command.arguments) word.argument(name, description)
  for (const { flags, description } of command.options) word.option(flags, description)
  word.action((...given: unknown[]) => {
    const positional = given.slice(0, command.arguments.length)
    onRun(perform(command, wordsOf(command, positional, word.opts()), context))
  })
}

const GROUPS: Readonly<Record<Command['group'], string>> = {
  prove: 'Prove:',
  build: 'Repair and build:',
  connect: 'Agents and hosts:',
}

const createProgram = (context: CommandContext, onRun: (work: Promise<number>) => void) => {
  const program = new Program('plimsoll')
    .description('⦵ plimsoll: a backend engineer that proves its work')
    .version(version(), '-V, --version', 'print the version')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .exitOverride()
    // With all their words the names would leave half a line to say what they are for.
    .configureHelp({ subcommandTerm: (word) => word.name() })
    .configureOutput({
      getOutHelpWidth: () => context.stdout.columns ?? 80,
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
      outputError: () => undefined,
    })
  for (const group of ['prove', 'build', 'connect'] as const) {
    for (const command of commands.filter((each) => each.group === group))
      register(program, command, onRun, context)
  }
  return program
}

const usageOf = (thrown: CommanderError, [word]: readonly string[]) => {
  const message = thrown.message.replace(/^error: /, '')
  const command = commands.some(({ id }) => id === word) ? `plimsoll ${word}` : 'plimsoll'
  return fault('E_USAGE', { message, command })
}

const HELP = ['-h', '--help', '-V', '--version']

/** A task needs no command before it: what no single word can be, or the name of an agent, is one. */
const asTask = (words: readonly string[]): readonly string[] => {
  const [first = ''] = words
  const isCommand = commands.some(({ id }) => id === first)
  if (isCommand || HELP.includes(first)) return words
  const isTask = (word: string) => /\S\s+\S/.test(word) || /^@\w/.test(word)
  return isTask(first) || (first.startsWith('-') && words.some(isTask)) ? ['do', ...words] : words
}

/** One command line, from words to exit code. Never throws. */
export const run = async (given: readonly string[], context: CommandContext): Promise<number> => {
  const words = asTask(given)
  let work: Promise<number> | null = null
  try {
    const program = createProgram(context, (started) => {
      work = started
      started.catch(() => undefined)
    })
    if (words.length === 0) {
      program.outputHelp()
      return 0
    }
    await program.parseAsync([...words], { from: 'user' })
    return (await work) ?? 0
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0
    const failure = thrown instanceof CommanderError ? usageOf(thrown, words) : asFault(thrown)
    printFault(failure, context)
    return failure.exitCode
  }
}
