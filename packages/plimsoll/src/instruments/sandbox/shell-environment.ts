import { homedir } from 'node:os'

const PASSED_ON =
  /^(?:PATH|LANG|LC_\w+|TZ|PYENV_(?:ROOT|VERSION)|JAVA_HOME|GOROOT|NVM_DIR|VOLTA_HOME|RUSTUP_HOME|COLORTERM)$/
const FOR_PACKAGES =
  /^(?:npm_config_(?:registry|cafile|strict_ssl)|pip_(?:index_url|cert)|goproxy|gosumdb|node_extra_ca_certs|ssl_cert_(?:file|dir))$/i

/** An address is passed on without the login that may stand in it. */
export const withoutLogin = (value: string) => value.replace(/^(\w+:\/\/)[^/@]*@/, '$1')

/** The least that programs need; none of the user's own variables is among them. */
export const shellEnvironment = (
  machine: NodeJS.ProcessEnv,
  { own, proxyPort }: { own: Readonly<Record<string, string>>; proxyPort: number | null },
): Record<string, string> => {
  const passed = Object.entries(machine).flatMap(([name, value]) =>
    value !== undefined && (PASSED_ON.test(name) || FOR_PACKAGES.test(name))
      ? [[name, withoutLogin(value)] as const]
      : [],
  )
  const proxy = `http://127.0.0.1:${proxyPort}`
  const names = [
    'http_proxy',
    'https_proxy',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'npm_config_proxy',
    'npm_config_https_proxy',
  ]
  return {
    ...Object.fromEntries(passed),
    HOME: homedir(),
    TMPDIR: '/tmp',
    TERM: 'dumb',
    NO_COLOR: '1',
    CI: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    // Inside, the owner of the workspace may be nobody that git knows.
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    PAGER: 'cat',
    ...(proxyPort === null
      ? {}
      : {
          ...Object.fromEntries(names.map((name) => [name, proxy])),
          no_proxy: '127.0.0.1,localhost,::1',
          NO_PROXY: '127.0.0.1,localhost,::1',
        }),
    ...own,
  }
}
