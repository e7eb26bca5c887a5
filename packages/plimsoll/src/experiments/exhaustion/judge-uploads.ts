import type { Evidence, Exchange } from '../../model/evidence.ts'
import { inconclusive, type Judgement, proven, refuted } from '../../model/verdict.ts'
import type { Seen, UploadSeen } from './seen.ts'
import { uploadSubject } from './subjects.ts'

export const UPLOADS = 'security.input'

const RUNS = /^(text\/html|application\/xhtml\+xml|image\/svg\+xml|(text|application)\/xml)\b/i

/** A browser that is led there runs the script with the rights of this origin. */
const runs = ({ headers }: Exchange): boolean =>
  RUNS.test(headers['content-type'] ?? '') &&
  !/attachment/i.test(headers['content-disposition'] ?? '') &&
  !/sandbox|script-src 'none'|default-src 'none'/i.test(headers['content-security-policy'] ?? '')

const evidenceOf = ({ upload, served }: UploadSeen): Evidence[] => [
  { kind: 'exchange', title: 'The upload', exchange: upload },
  ...(served === null ? [] : [{ kind: 'exchange' as const, title: 'Asked for again', exchange: served }]),
]

const isRefused = ({ upload: { status } }: UploadSeen) => status === null || status >= 400

const typeOf = (served: Exchange) => served.headers['content-type'] ?? 'no type'

const judgeOne = (operation: string, files: readonly UploadSeen[]): Judgement => {
  const subject = uploadSubject(operation)
  const running = files.filter(({ served, whole }) => served !== null && whole && runs(served))
  const [first] = running
  if (first?.served != null)
    return refuted({
      standard: UPLOADS,
      subject,
      title: 'An uploaded file runs as a page of the service',
      detail: `${running.map(({ file }) => file).join(', ')}: came back as ${typeOf(first.served)}, inline and whole`,
      severity: 'high',
      cwe: 434,
      places: [first.place],
      repairs: [
        'Serve what was uploaded with Content-Disposition: attachment and X-Content-Type-Options: nosniff, from an origin of its own where it has to be shown.',
        'Take only types that are needed, by their content and not by the name or type that the client gives; name files yourself.',
      ],
      evidence: evidenceOf(first),
    })
  const hidden = files.filter((one) => !isRefused(one) && one.served === null)
  if (hidden.length > 0)
    return inconclusive({
      standard: UPLOADS,
      subject,
      title: 'Where uploaded files are served was not found',
      detail: hidden.map(({ file }) => file).join(', '),
    })
  const detail = files.map(
    (one) =>
      `${one.file}: ${isRefused(one) ? `refused (${one.upload.status ?? one.upload.error})` : 'served as no page'}`,
  )
  return proven({
    standard: UPLOADS,
    subject,
    title: 'No uploaded file runs as a page',
    detail: detail.join('; '),
  })
}

export const judgeUploads = ({ uploads, uploadRoutes }: Seen): Judgement[] => {
  const operations = [...new Set(uploads.map(({ operation }) => operation))]
  if (operations.length === 0 && uploadRoutes > 0)
    return [
      inconclusive({
        standard: UPLOADS,
        subject: 'uploads',
        title: 'No file could be uploaded',
        detail: 'routes that seem to take files took none that was sent',
      }),
    ]
  return operations.map((operation) =>
    judgeOne(
      operation,
      uploads.filter((one) => one.operation === operation),
    ),
  )
}
