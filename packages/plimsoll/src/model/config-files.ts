/** What the configuration of a folder may be called, in the order in which it is looked for. */
export const CONFIG_FILES = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map(
  (ending) => `plimsoll.config.${ending}`,
)
