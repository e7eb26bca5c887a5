const WORDS = (words: string) => new RegExp(`(?:^|[/._-])(?:${words})(?=[/._-]|$)`, 'i')

const ELSEWHERE = WORDS(
  'tests?|testing|__tests__|spec|specs|e2e|ci|\\.github|\\.gitlab|\\.circleci|\\.devcontainer|devcontainer|dev|develop|development|local|bench|benchmarks?|perf|load|examples?|samples?|demos?|docs?|documentation|fixtures?|vendor|templates?',
)
const PRODUCTION = WORDS('prod|production|live|release')

/** What a file is for, from its path: one for tests or development may trade durability for speed. */
export const purposeOf = (file: string): 'production' | 'elsewhere' | 'unsaid' => {
  if (ELSEWHERE.test(file)) return 'elsewhere'
  return PRODUCTION.test(file) ? 'production' : 'unsaid'
}
