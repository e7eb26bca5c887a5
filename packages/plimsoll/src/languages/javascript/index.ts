import { defineLanguage } from '../define.ts'
import { factsOf } from './facts/facts.ts'
import { findModules } from './facts/modules.ts'

export default defineLanguage({
  id: 'javascript',
  name: 'JavaScript',
  extensions: ['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx'],
  modules: findModules,
  facts: factsOf,
})
