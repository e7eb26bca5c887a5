const FOLDER =
  /(?:^|\/)(?:tests?|testing|__tests__|__mocks__|mocks?|specs?|fixtures?|__fixtures__|test-?data|e2e|integration-tests?|cypress|playwright|examples?|samples?|demos?|docs?|documentation|website|stories|bench(?:marks?)?|perf|vendor|third[_-]party|migrations?|seeds?|seeders?|scripts?|tools|tooling|\.github|static|public|assets|templates?|frontend|client|web-?app|dist|build)\//i
const FILE =
  /(?:[.-](?:test|spec|stories|story|mock|fixture|e2e|seed|bench|min|d)s?\.\w+|_test\.py|\.[jt]sx)$|(?:^|\/)(?:test_\w+\.py|tests?\.\w+|conftest\.py|seed\w*\.\w+|(?:gulp|grunt|rollup|vite|webpack|jest|vitest|karma|babel|eslint|knex)file\.\w+|(?:vite|vitest|webpack|rollup|jest|next|nuxt|babel|eslint|prettier|tailwind|postcss|playwright|cypress)\.config\.\w+|\.\w[\w.-]*)$/i

/** Code that the deployed backend runs, by its path alone: no test, script, migration, example or page of a browser. */
export const isShipped = (file: string): boolean => !FOLDER.test(file) && !FILE.test(file)
