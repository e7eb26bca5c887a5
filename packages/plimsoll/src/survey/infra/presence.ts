import type { Project } from '../../instruments/source/project.ts'
import type { InfraFile } from '../../model/system.ts'

type Sign = { kind: InfraFile['kind']; file: RegExp; detail: string; text?: RegExp }

/** Files whose name, and where that is not enough their text, says what they are. */
const SIGNS: readonly Sign[] = [
  { kind: 'ci', file: /^\.github\/workflows\/[^/]+\.ya?ml$/, detail: 'GitHub Actions' },
  { kind: 'ci', file: /(^|\/)\.gitlab-ci\.ya?ml$/, detail: 'GitLab CI' },
  { kind: 'ci', file: /(^|\/)Jenkinsfile(\.\w+)?$/, detail: 'Jenkins' },
  { kind: 'ci', file: /^\.circleci\/config\.ya?ml$/, detail: 'CircleCI' },
  { kind: 'ci', file: /(^|\/)azure-pipelines[\w.-]*\.ya?ml$/, detail: 'Azure Pipelines' },
  { kind: 'ci', file: /(^|\/)bitbucket-pipelines\.ya?ml$/, detail: 'Bitbucket Pipelines' },
  { kind: 'ci', file: /(^|\/)\.travis\.yml$/, detail: 'Travis CI' },
  { kind: 'terraform', file: /\.tf$/, detail: '' },
  { kind: 'prometheus', file: /(^|\/)prometheus[\w.-]*\.ya?ml$/, detail: 'scrape configuration' },
  {
    kind: 'prometheus',
    file: /(rules?|alerts?)[\w.-]*\.ya?ml$/i,
    text: /^groups:[\s\S]*\b(alert|record):/m,
    detail: 'rules',
  },
  { kind: 'grafana', file: /(^|\/)grafana\/.*\.(json|ya?ml)$/, detail: '' },
  { kind: 'grafana', file: /dashboards?\/.*\.json$/, text: /"panels"\s*:/, detail: 'dashboard' },
]

export const readPresence = (project: Project): InfraFile[] =>
  project.files.flatMap((file) => {
    const sign = SIGNS.find(
      (one) => one.file.test(file) && (one.text === undefined || one.text.test(project.text(file) ?? '')),
    )
    return sign === undefined ? [] : [{ kind: sign.kind, file, detail: sign.detail }]
  })
