const ENDING =
  /\/|\.(?:[cm]?[jt]sx?|py|go|java|kt|cs|rb|rs|css|s[ac]ss|less|html|sql|ya?ml|tf|hcl|vue|svelte|sh|prisma|proto|toml|json|conf|properties)$/i
/** `next.js` is the name of a thing, and no file. */
const LIBRARY =
  /^(?:node|next|nuxt|vue|react|express|three|d3|chart|ember|alpine|backbone|clinic|require|moment)\.js$/i

/** Paths that the task itself names. */
export const pathsIn = (task: string): string[] =>
  (
    task.match(
      /(?<![\w/.])(?:[\w@.-]+\/)*[\w@-]+(?:\.[\w-]+)*\.[a-z]{1,10}\b|(?<![\w/])(?:[\w@.-]+\/)+[\w@.-]*/gi,
    ) ?? []
  ).filter((path) => ENDING.test(path) && !/^\//.test(path) && !LIBRARY.test(path) && !isPair(path))

/** `ci/cd`, `and/or`, `before/after` and `linux/arm64` are words. */
const isPair = (path: string): boolean =>
  /^[a-z]+\/[a-z0-9]+$/i.test(path) &&
  !/^(?:src|lib|app|test|tests|docs|packages|frontend|backend|server|client|web|api|pages|components|routes|public|scripts|infra|deploy|k8s|config|models?|views?|controllers?|services?|styles)\//i.test(
    path,
  )
