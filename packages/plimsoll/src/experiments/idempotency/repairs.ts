export const ONE_TRANSACTION =
  'Insert the key into a table with a unique constraint on (account, key), in the same transaction as the effect and before it: INSERT … ON CONFLICT DO NOTHING tells who comes second.'
export const KEEP_ANSWER =
  'Keep status and body of the answer with the key, and give them again to whoever repeats the request.'
export const SCOPE_BY_ACCOUNT =
  'Make the account part of the key: a primary key of (account, key), and both in every look-up.'
export const LEASE =
  'Let a claim that was never finished end: keep the time of the claim, and take it over when it is older than a request can last.'
export const SET =
  'Set what the request says instead of adding to what is there: SET quantity = $1, or an upsert on the natural key.'
export const TAKE_KEY =
  'Take an Idempotency-Key from the client, and keep it with a unique constraint in the transaction of the effect.'
