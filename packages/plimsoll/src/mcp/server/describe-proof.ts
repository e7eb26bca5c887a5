import type { ToolAnswer } from '../../tools/define.ts'
import { isOver, type Proof } from './proofs.ts'

/** Bytes of data that still leave room for the state; the Run has the rest. */
const MOST_RESULT = 3_000

const resultOf = ({ data }: ToolAnswer) =>
  data !== undefined && JSON.stringify(data).length <= MOST_RESULT ? { result: data } : {}

const sayState = (id: string, proof: Proof): string => {
  if (isOver(proof)) return `${id}: ${proof.state}; ${proof.line}.`
  const doing = proof.state === 'queued' ? 'another proof runs first' : proof.line
  return `${id}: ${proof.state}; ${doing}. It goes on by itself. Ask with "proof-state" (it can wait), end it with "proof-stop".`
}

/** Where a proof stands, with the way on; its verdict once it is over. */
export const describeProof = (proof: Proof): ToolAnswer => {
  const id = proof.run ?? proof.ticket
  const uri = `plimsoll://runs/${id}`
  const { answer } = proof
  const others = (answer?.links ?? []).filter((each) => each.uri !== uri)
  const { run, state, line } = proof
  return {
    ...(answer ?? { text: sayState(id, proof) }),
    data: { id, run, state, line, ...(answer !== null && resultOf(answer)) },
    links: [{ uri, title: `state and findings of ${id}` }, ...others],
  }
}
