import ts from 'typescript'
import { callsOf, methodOf } from '../../instruments/source/script-nodes.ts'
import type { Script, Sighting } from '../define-reading.ts'
import { originOf } from '../request-data.ts'
import { type Piece, piecesOf } from './pieces.ts'
import { endsInQuotes, isStatement } from './statement-shape.ts'

const EXECUTES =
  /^(?:query|execute|raw|rawQuery|\$queryRawUnsafe|\$executeRawUnsafe|queryRawUnsafe|all|get|run|each|exec|prepare|unsafe|literal|any|one|oneOrNone|many|manyOrNone|none|result|createQueryRunner|multi|task|sql|batch|selectObject|executeSql|queryAsync|executeQuery|runQuery)$/

const isText = (piece: Piece) => typeof piece === 'string'

/** The first value that is filled into the text and that the statement has no protection from. */
const filledIn = (pieces: readonly Piece[]): Omit<Sighting<ts.Node>, 'node'> | null => {
  let before = ''
  let doubted: Omit<Sighting<ts.Node>, 'node'> | null = null
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      before += piece
      continue
    }
    const origin = originOf(piece)
    if (origin?.from === 'request') return { kind: 'request', name: origin.text, causes: [piece] }
    if (origin?.from === 'parameter' && endsInQuotes(before))
      doubted ??= { kind: 'parameter', name: origin.text, causes: [piece] }
    before += 'x'
  }
  return doubted
}

export function* findInScript({ source }: Script): Generator<Sighting<ts.Node>> {
  for (const node of callsOf(source)) {
    if (!ts.isCallExpression(node) || !EXECUTES.test(methodOf(node))) continue
    const pieces = piecesOf(node)
    if (pieces.every(isText)) continue
    if (!isStatement(pieces.map((piece) => (typeof piece === 'string' ? piece : 'x')).join(''))) continue
    const found = filledIn(pieces)
    if (found !== null) yield { ...found, node }
  }
}
