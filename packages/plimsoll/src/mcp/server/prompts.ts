import { z } from 'zod'
import { completable, type McpServer } from '../../vendor/mcp-server.ts'
import type { Served } from './surface.ts'

type Choices = () => readonly string[]

const argument = (description: string, choices: Choices = () => []) =>
  completable(z.string().min(1).describe(description), (typed) =>
    choices()
      .filter((each) => each.startsWith(typed))
      .slice(0, 100),
  )

const says = (lines: readonly string[]) => ({
  messages: [{ role: 'user' as const, content: { type: 'text' as const, text: lines.join('\n') } }],
})

/** Research before code: pattern, examples, and what will prove it. */
const research = (server: McpServer, served: Served) =>
  server.registerPrompt(
    'research-pattern',
    {
      title: 'Research a pattern before building it',
      description: 'Pattern research, then implementation examples, then validation against best practice.',
      argsSchema: z.object({
        topic: argument('what is to be built: "idempotency key for POST /orders"', () =>
          served.patterns().map(({ id }) => id),
        ),
      }),
    },
    ({ topic }) =>
      says([
        `Research this before any code is written: ${topic}`,
        '',
        '1. Pattern research. Name the pattern that fits and two that do not, and why. Use Context7 where you have it, else the tool "docs" and the resources plimsoll://patterns/{id}.',
        '2. Implementation examples. Find one for the framework and the store that "survey" names. Quote only what you read.',
        '3. Validation. For each claim of the pattern name the experiment that can refute it ("explain" tells what one measures), and what no experiment here covers.',
        '',
        'Write down the result of each step before the next one.',
      ]),
  )

const analyse = (server: McpServer) =>
  server.registerPrompt(
    'analyse-problem',
    {
      title: 'Take a backend problem apart',
      description: 'Decompose it, analyse each part by facts, and put the answer together.',
      argsSchema: z.object({ problem: argument('what goes wrong, or what is to be decided') }),
    },
    ({ problem }) =>
      says([
        `Solve this: ${problem}`,
        '',
        '1. Decompose. List the parts that can be looked at on their own: routes, statements, stores, time. Use Sequential Thinking where you have it.',
        '2. Analyse. For each part say what is known and from where: "survey" for the code, "query" and "http" for the lab, "findings" and "replay" for what was proved. Mark each guess as a guess.',
        '3. Synthesise. One answer, its alternatives, and the experiment that would show it to be wrong.',
      ]),
  )

const build = (server: McpServer) =>
  server.registerPrompt(
    'build-endpoint',
    {
      title: 'Build an endpoint and prove it',
      description: 'From the words to a route that is proven: contract, access, races, repeats, load.',
      argsSchema: z.object({ what: argument('what it should do: "refund an order once"') }),
    },
    ({ what }) =>
      says([
        `Build this endpoint and have it proven: ${what}`,
        '',
        '1. "survey": which framework, stores and conventions are here. Follow them.',
        '2. Decide and say: who may call it, what makes it unique, what happens when it is sent twice or at the same time, what it answers on bad input.',
        '3. Write the smallest change, with its migration and its test.',
        '4. "prove" the experiments that a new route needs (contract, access, race, idempotency, validation, load). It answers with an id; wait with "proof-state".',
        '5. Mend what is refuted and prove again. Change no test, threshold or configuration to get there.',
        '',
        'Done is what the verdicts say: list what is proven, refuted, inconclusive and not run.',
      ]),
  )

const findingIds = ({ lent }: Served): string[] => {
  try {
    return (lent.door?.run()?.run.verdicts ?? [])
      .filter(({ status }) => status === 'refuted')
      .map(({ id }) => id)
  } catch {
    return []
  }
}

const repair = (server: McpServer, served: Served) =>
  server.registerPrompt(
    'repair-finding',
    {
      title: 'Repair a proved finding',
      description: 'Reproduce it, mend its cause, and have the same seed prove it.',
      argsSchema: z.object({ finding: argument('its id, as "findings" tells it', () => findingIds(served)) }),
    },
    ({ finding }) =>
      says([
        `Repair the finding ${finding}.`,
        '',
        `1. "findings" for its evidence, "explain" for what it means, "fix-preview" for a repair that is known.`,
        `2. "replay" ${finding}: see it fail before anything is changed.`,
        '3. Mend the cause in the smallest way. If the known repair fits, take it.',
        `4. "replay" ${finding} again, then "prove" what else the change touches. Nothing may be worse than before.`,
        '5. Say what was wrong, what was changed, and the two verdicts.',
      ]),
  )

const RECEIVERS = ['frontend', 'security', 'performance', 'devops'] as const

const NEEDS: Record<(typeof RECEIVERS)[number], string> = {
  frontend: 'the OpenAPI document, every error with its status and body, how a session begins and ends',
  security: 'the evidence of each access and input verdict, who may do what, what was not covered',
  performance: 'the load line with its interval, what limits it, the slowest statements',
  devops: 'how it starts and stops, its health paths, stores and variables, measured recovery times, alerts',
}

const isReceiver = (text: string): text is keyof typeof NEEDS => text in NEEDS

const handOff = (server: McpServer) =>
  server.registerPrompt(
    'prepare-handoff',
    {
      title: 'Prepare a hand-off',
      description:
        'What another specialist needs, from the newest Run and the survey, with nothing invented.',
      argsSchema: z.object({ to: argument('frontend, security, performance or devops', () => RECEIVERS) }),
    },
    ({ to }) =>
      says([
        `Prepare the hand-off to ${to}.`,
        '',
        `They need: ${isReceiver(to) ? NEEDS[to] : 'what they asked for, each fact with its source'}.`,
        '',
        '1. "survey" and the newest Run (plimsoll://runs/{id}) hold the facts. If the code changed since, "prove" first.',
        '2. Write files, not prose. Each figure with its interval and the id of its verdict.',
        '3. Say what is refuted, inconclusive or not covered: they must not have to find it out.',
      ]),
  )

/** The workflows of a backend engineer, as prompts. */
export const registerPrompts = (server: McpServer, served: Served): void => {
  research(server, served)
  analyse(server)
  build(server)
  repair(server, served)
  handOff(server)
}
