/** Passed on from the machine: where programs are, and the language of their messages. */
const PASSED_ON = [
  'PATH',
  'LANG',
  'LC_ALL',
  'TZ',
  'SYSTEMROOT',
  'PYENV_ROOT',
  'PYENV_VERSION',
  'JAVA_HOME',
  'GOROOT',
]

/** Also needed by package managers, and by nothing else. */
const FOR_INSTALL =
  /^(?:npm_config_.*|pip_.*|uv_.*|https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_.*|home)$/i

const pick = (machine: NodeJS.ProcessEnv, wanted: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(
    Object.entries(machine).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && wanted(entry[0]),
    ),
  )

/** The least a program needs; nothing else of the user's environment reaches the app. */
export const baseEnvironment = (machine: NodeJS.ProcessEnv, scratchDir: string): Record<string, string> => ({
  ...pick(machine, (name) => PASSED_ON.includes(name)),
  HOME: scratchDir,
  TMPDIR: scratchDir,
})

export const installEnvironment = (
  machine: NodeJS.ProcessEnv,
  scratchDir: string,
): Record<string, string> => ({
  ...baseEnvironment(machine, scratchDir),
  ...pick(machine, (name) => FOR_INSTALL.test(name)),
})
