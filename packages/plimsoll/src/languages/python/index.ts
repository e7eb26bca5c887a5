import { defineLanguage } from '../define.ts'
import { readFacts } from './facts/facts.ts'
import { findModules } from './modules.ts'

/**
 * Python, read with its grammar.
 *
 * **Contract:** nothing is executed and nothing below the root is written; a file that cannot be parsed is left out
 * and told in the project's problems.
 */
export default defineLanguage({
  id: 'python',
  name: 'Python',
  extensions: ['.py'],
  modules: findModules,
  facts: readFacts,
})
