/** A value that shows a change: good on one side and not on the other, as was checked. */
export type Witness = {
  /** a request that was valid and is not any more, or an answer that may come now and could not before */
  as: 'request' | 'response'
  /** the body or the parameter; for what concerns the request itself, its method, path and headers */
  value: unknown
  /** why the one side refuses it */
  refusal: string
}

export type Rule =
  | 'operation-removed'
  | 'security-added'
  | 'body-required'
  | 'media-type-removed'
  | 'status-changed'
  | 'header-removed'
  | 'parameter-required'
  | 'parameter-moved'
  | 'required'
  | 'type'
  | 'null'
  | 'enum'
  | 'bound'
  | 'form'
  | 'unknown-property'
  | 'field-removed'
  | 'other'

/** What a client of the one document trips over with the other. */
export type Change = {
  rule: Rule
  /** `POST /notes`; of several the first is the one that the witness is of */
  operations: string[]
  /** `body`, `query limit`, `response 200`; empty where it is the operation itself */
  part: string
  /** which value of it: `lines[].price`; empty for the whole */
  at: string
  /** `title is required now, and was not` */
  what: string
  severity: 'high' | 'medium' | 'low'
  /** null where none could be checked: then it is a suspicion */
  witness: Witness | null
  /** JSON pointers of the operation; null where it is in one document only */
  pointers: { before: string | null; after: string | null }
}
