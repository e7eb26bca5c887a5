import ts from 'typescript'
import { lookForCarriers } from './looks-for.ts'

/** What a function that sees requests was found to do. */
export type Signs = {
  /** reads who the caller says to be: a header, a cookie, a session, a decoded token */
  credentials: boolean
  /** turns callers away */
  refuses: boolean
  guards: boolean
  validates: boolean
  /** hands the request to something that cannot be read */
  opaque: boolean
  /** decides by the path it was asked for, which only a run can tell */
  looksAtPath: boolean
  /** decides by the method it was asked with */
  looksAtMethod: boolean
  /** names a method that reads */
  namesReads: boolean
  /** looks for a token against forged forms, which says nothing of who may come in */
  guardsForms: boolean
  /** answers something else than a plain `true` */
  answersOther: boolean
  /** what it looks for in a request: `header authorization`, `scheme bearer`, `cookie token`, `strategy jwt` */
  looksFor: Set<string>
}

const CREDENTIAL_HEADERS = /^(?:authorization|x-api-key|api-key|x-access-token|x-auth-token|cookie)$/i
const CREDENTIAL_FIELDS = new Set([
  'authorization',
  'session',
  'user',
  'cookies',
  'isAuthenticated',
  'auth',
  'currentUser',
  'jwt',
  'jwtVerify',
])
const REFUSALS =
  /^(?:Unauthorized|Forbidden|NotAuthori[sz]ed|AccessDenied|AuthError|AuthenticationError|PermissionError|NoAccess)/i
const FORM_TOKEN = /csrf|xsrf/i
const PATHS = new Set(['path', 'originalUrl', 'baseUrl', 'url', 'pathname'])

/** Nothing was seen yet. */
export const noSigns = (): Signs => ({
  credentials: false,
  refuses: false,
  guards: false,
  validates: false,
  opaque: false,
  looksAtPath: false,
  looksAtMethod: false,
  namesReads: false,
  guardsForms: false,
  answersOther: false,
  looksFor: new Set(),
})

/** What one piece of code says by itself. */
export const look = (node: ts.Node, signs: Signs) => {
  if (ts.isPropertyAccessExpression(node) && CREDENTIAL_FIELDS.has(node.name.text) && !isWritten(node))
    signs.credentials = true
  if (ts.isPropertyAccessExpression(node) && PATHS.has(node.name.text)) signs.looksAtPath = true
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'method') signs.looksAtMethod = true
  if (ts.isStringLiteralLike(node) && node.text === 'GET') signs.namesReads = true
  if ((ts.isStringLiteralLike(node) || ts.isIdentifier(node)) && FORM_TOKEN.test(node.text))
    signs.guardsForms = true
  if (ts.isStringLiteralLike(node) && CREDENTIAL_HEADERS.test(node.text)) {
    signs.credentials = true
    signs.looksFor.add(`header ${node.text.toLowerCase()}`)
  }
  lookForCarriers(node, signs.looksFor)
  if (ts.isNumericLiteral(node) && (node.text === '401' || node.text === '403')) signs.refuses = true
  if (ts.isIdentifier(node) && (REFUSALS.test(node.text) || /^(?:UNAUTHORIZED|FORBIDDEN)$/.test(node.text)))
    signs.refuses = true
  if (ts.isBindingElement(node) && ts.isIdentifier(node.name)) {
    const name = (node.propertyName ?? node.name).getText()
    if (CREDENTIAL_FIELDS.has(name)) signs.credentials = true
  }
}

const isWritten = ({ parent }: ts.Node) =>
  ts.isBinaryExpression(parent) &&
  parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
  ts.isPropertyAccessExpression(parent.left)
