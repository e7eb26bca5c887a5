import { readLoadBadge } from '../../model/reading/load-badge.ts'
import { readLoadLine } from '../../model/reading/load-line.ts'
import { defineReporter } from '../define.ts'

/** Of the schema that endpoint badges are read by. */
const SCHEMA_VERSION = 1

export default defineReporter({
  id: 'badge-data',
  title: 'Badge data: the load line as JSON for a badge service',
  file: 'load-line.json',
  applies: (run) => readLoadLine(run) !== null,
  render: (run) => `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...readLoadBadge(run) }, null, 2)}\n`,
})
