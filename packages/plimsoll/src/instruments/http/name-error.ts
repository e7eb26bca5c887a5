const NAMES: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  UND_ERR_ABORTED: 'aborted',
  ABORT_ERR: 'aborted',
  UND_ERR_SOCKET: 'ECONNRESET',
  EPIPE: 'ECONNRESET',
  ECONNABORTED: 'ECONNRESET',
  UND_ERR_INVALID_ARG: 'EINVAL',
  ERR_INVALID_ARG_TYPE: 'EINVAL',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'EPROTO',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'EPROTO',
  UND_ERR_HEADERS_OVERFLOW: 'EPROTO',
}

const BY_NAME: Readonly<Record<string, string>> = { AbortError: 'ABORT_ERR', HTTPParserError: 'HPE_INVALID' }

const codeOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown)
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return codeOf(thrown.errors[0])
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code
  return BY_NAME[thrown.name] ?? thrown.message
}

/**
 * One word for why there was no answer: `timeout`, `aborted`, `EPROTO` (not HTTP), `EINVAL` (we could not send it),
 * or the system's own code.
 */
export const nameError = (thrown: unknown): string => {
  const code = codeOf(thrown)
  return code.startsWith('HPE_') ? 'EPROTO' : (NAMES[code] ?? code)
}
