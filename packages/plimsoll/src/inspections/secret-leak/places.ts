/**
 * What a file is for, from its path alone: `source` ships, `template` is meant to be filled in, `sample` is a test,
 * a fixture or documentation, `skip` holds nothing a person wrote.
 */
export type Place = 'source' | 'template' | 'sample' | 'skip'

const SKIPPED =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|Cargo\.lock|Gemfile\.lock|composer\.lock|go\.sum|flake\.lock)$|\.(?:map|svg|snap|csv|tsv|crt|cer|csr|pub|woff2?|min\.\w+)$/i
const TEMPLATE =
  /(?:^|\/)(?:\.env[\w.-]*|[\w.-]+)\.(?:example|sample|template|tmpl|tpl|dist|defaults?)(?:\.\w+)?$|(?:^|\/)(?:example|sample|template)\.env$/i
const SAMPLE_FOLDER =
  /(?:^|\/)(?:tests?|testing|__tests__|__mocks__|mocks?|specs?|fixtures?|__fixtures__|test-?data|e2e|integration-tests?|cypress|playwright|examples?|samples?|demos?|docs?|documentation|stories|bench(?:marks?)?|vendor|third[_-]party)\//i
const SAMPLE_FILE =
  /(?:[.-](?:test|spec|stories|story|mock|fixture|e2e)s?\.\w+|_test\.(?:go|py)|\.(?:md|mdx|rst|adoc|http|rest|postman_collection\.json))$|(?:^|\/)(?:test_\w+\.py|conftest\.py|\.env\.(?:test|ci|e2e))$/i
const DEVELOPMENT_KEY = /(?:localhost|self-?signed|snakeoil|dummy|dev|test)[\w.-]*\.(?:pem|key)$/i

export const placeOf = (file: string): Place => {
  if (SKIPPED.test(file)) return 'skip'
  if (TEMPLATE.test(file)) return 'template'
  const sample = SAMPLE_FOLDER.test(file) || SAMPLE_FILE.test(file) || DEVELOPMENT_KEY.test(file)
  return sample ? 'sample' : 'source'
}
