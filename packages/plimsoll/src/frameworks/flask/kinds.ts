import type { Code } from '../../languages/python/code/code.ts'
import type { ObjectValue, Value } from '../../languages/python/code/values.ts'

/** Things that routes are registered on. */
export type HolderKind = 'app' | 'connexion' | 'blueprint' | 'restful' | 'restx' | 'smorest' | 'namespace'

const TYPES: Readonly<Record<string, HolderKind>> = {
  'flask.Flask': 'app',
  'flask.app.Flask': 'app',
  'apiflask.APIFlask': 'app',
  'flask_openapi3.OpenAPI': 'app',
  'flask_api.FlaskAPI': 'app',
  'connexion.App': 'connexion',
  'connexion.FlaskApp': 'connexion',
  'connexion.AsyncApp': 'connexion',
  'connexion.apps.flask_app.FlaskApp': 'connexion',
  'connexion.apps.flask.FlaskApp': 'connexion',
  'flask.Blueprint': 'blueprint',
  'flask.blueprints.Blueprint': 'blueprint',
  'flask_smorest.Blueprint': 'blueprint',
  'flask_smorest.blueprint.Blueprint': 'blueprint',
  'apiflask.APIBlueprint': 'blueprint',
  'flask_openapi3.APIBlueprint': 'blueprint',
  'flask_restful.Api': 'restful',
  'flask_restx.Api': 'restx',
  'flask_restx.api.Api': 'restx',
  'flask_restplus.Api': 'restx',
  'flask_smorest.Api': 'smorest',
  'flask_restx.Namespace': 'namespace',
  'flask_restx.namespace.Namespace': 'namespace',
  'flask_restplus.Namespace': 'namespace',
}

export const kindOf = (code: Code, value: ObjectValue): HolderKind | null => {
  if (value.type.kind === 'member' && value.type.name === 'namespace' && value.type.of.kind === 'object')
    return kindOf(code, value.type.of) === 'restx' ? 'namespace' : null
  for (const ancestor of code.evaluate.ancestors(value.type)) {
    const kind = ancestor.kind === 'external' ? TYPES[ancestor.name] : undefined
    if (kind !== undefined) return kind
  }
  return null
}

/** connexion and Flask-RESTful wrap the app: what is registered on `wrapper.app` is registered on the wrapper. */
export const unwrapped = (code: Code, value: Value): ObjectValue | null => {
  if (value.kind === 'object') return value
  if (value.kind !== 'member' || value.name !== 'app' || value.of.kind !== 'object') return null
  return kindOf(code, value.of) === 'connexion' ? value.of : null
}
