import { defineReporter } from '../define.ts'

export default defineReporter({
  id: 'json',
  title: 'JSON: the Run itself, as its published schema describes it',
  file: 'run.json',
  render: (run) => `${JSON.stringify(run, null, 2)}\n`,
})
