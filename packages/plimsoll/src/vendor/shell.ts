/** The reader of shell command lines, as one module: built into the package. */
export { type Command, forEachChild, parse, type SyntaxNode, type Word } from 'unbash'
