import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openProject } from '../../instruments/source/open-project.ts'
import python from '../../languages/python/index.ts'
import flask from './index.ts'

const made: string[] = []
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true })
})

/** Writes the files into a fresh folder and reads the routes of its first module. */
const survey = async (files: Record<string, string>) => {
  const root = mkdtempSync(join(tmpdir(), 'flask-'))
  made.push(root)
  for (const [file, text] of Object.entries({ 'requirements.txt': 'flask==3.0.0\n', ...files })) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const project = await openProject(root)
  const module = python.modules(project)[0]
  if (module === undefined) throw new Error('no module')
  return { project, module, ...flask.routes(project, module, project.files) }
}

const lines = ({ routes }: Awaited<ReturnType<typeof survey>>) =>
  routes.map(({ method, path }) => `${method} ${path}`).sort()

describe('routes', () => {
  it('reads decorators, shortcuts and default methods', async () => {
    const found = await survey({
      'app.py': `
from flask import Flask
app = Flask(__name__)

@app.route('/')
def index(): return ''

@app.route('/users/<int:user_id>', methods=['GET', 'PUT'])
def user(user_id): return ''

@app.post('/users')
def create(): return ''

@app.get('/files/<path:rest>')
def files(rest): return ''
`,
    })
    expect(lines(found)).toEqual([
      'GET /',
      'GET /files/*',
      'GET /users/:user_id',
      'POST /users',
      'PUT /users/:user_id',
    ])
    expect(found.routes[3]).toMatchObject({
      place: { file: 'app.py', line: 11 },
      handler: { name: 'create', place: { file: 'app.py', line: 12 } },
    })
  })

  it('mounts blueprints: own prefix, overridden, nested, in a factory, in a loop', async () => {
    const found = await survey({
      'shop/__init__.py': `
from flask import Flask
from .admin import admin
from . import cart, orders, stock
from .config import VERSION

def create_app():
    app = Flask(__name__)
    app.register_blueprint(admin)
    register(app)
    return app

def register(app):
    app.register_blueprint(orders.bp, url_prefix=f'/{VERSION}/orders')
    for blueprint, prefix in [(cart.bp, '/cart'), (stock.bp, '/stock')]:
        app.register_blueprint(blueprint, url_prefix=prefix)
`,
      'shop/config.py': `VERSION = 'v' + '2'\n`,
      'shop/admin.py': `
from flask import Blueprint
admin = Blueprint('admin', __name__, url_prefix='/admin')
inner = Blueprint('inner', __name__, url_prefix='/inner')
admin.register_blueprint(inner)
@inner.route('/deep')
def deep(): return ''
`,
      'shop/orders.py': `
from flask import Blueprint as B
bp = B('orders', __name__, url_prefix='/ignored')
@bp.get('/')
def listing(): return ''
`,
      'shop/cart.py': `
import flask
bp = flask.Blueprint('cart', __name__)
@bp.delete('')
def clear(): return ''
`,
      'shop/stock.py': `
from flask import Blueprint
bp = Blueprint('stock', __name__)
METHODS = ('GET',) + ('POST',)
@bp.route('/items', methods=METHODS)
def items(): return ''
`,
    })
    expect(lines(found)).toEqual([
      'DELETE /cart',
      'GET /admin/inner/deep',
      'GET /stock/items',
      'GET /v2/orders/',
      'POST /stock/items',
    ])
    expect(found.unresolved).toEqual([])
  })

  it('tells what it cannot resolve, and never guesses', async () => {
    const found = await survey({
      'app.py': `
import os
from flask import Flask, Blueprint
app = Flask(__name__)
lost = Blueprint('lost', __name__)

@app.route(os.environ['WHERE'])
def somewhere(): return ''

@lost.route('/lost')
def never(): return ''
`,
    })
    expect(found.routes).toEqual([])
    expect(found.unresolved.map(({ why, place }) => [place.line, why])).toEqual([
      [7, 'it comes from the environment variable WHERE'],
      [10, "Blueprint('lost', __name__) is never registered on an app"],
    ])
  })
})

it('starts the app with the flask command, by module and factory', async () => {
  const { project, module } = await survey({
    'shop/__init__.py':
      'from flask import Flask\ndef create_app():\n    app = Flask(__name__)\n    return app\n',
  })
  expect(flask.start?.(project, module).map(({ command }) => command)).toEqual([
    'flask --app shop:create_app run',
  ])
})

it('is not detected where nothing imports it', async () => {
  const { project, module } = await survey({ 'app.py': 'import fastapi\n', 'requirements.txt': 'fastapi\n' })
  expect(flask.detect(project, module)).toBeNull()
})

it('reads connexion: operations, base path, functions, security, schemas', async () => {
  const { routes, unresolved } = await survey({
    'app.py':
      "import connexion\napp = connexion.App(__name__, specification_dir='spec')\napp.add_api('api.yml')\n",
    'views/pets.py': 'def listing():\n    return []\n\ndef create(body):\n    return body\n',
    'spec/api.yml': `openapi: 3.0.1
servers: [{ url: 'http://localhost:5000/v1/' }]
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
paths:
  /pets:
    get:
      operationId: views.pets.listing
      responses: {}
    post:
      operationId: views.pets.create
      security: [{ key: [] }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: {}
`,
  })
  expect(unresolved).toEqual([])
  expect(routes).toMatchObject([
    {
      method: 'GET',
      path: '/v1/pets',
      place: { file: 'spec/api.yml', line: 8 },
      guard: 'no',
      validator: 'no',
    },
    {
      method: 'POST',
      path: '/v1/pets',
      handler: { name: 'views.pets.create', place: { file: 'views/pets.py', line: 4 } },
      guard: 'yes',
      validator: 'yes',
      schemas: { body: { type: 'object', properties: { name: { type: 'string' } } } },
      reads: { body: ['name'] },
    },
  ])
})

it('tells guards that run from decorators that do not, and reads the body', async () => {
  const { routes } = await survey({
    'app.py': `
from functools import wraps
from flask import Flask, Blueprint, request, abort, session
from flask_login import login_required
app = Flask(__name__)
admin = Blueprint('admin', __name__, url_prefix='/admin')

def token(function):
    @wraps(function)
    def inner(*given, **named):
        if request.headers.get('Authorization') is None:
            abort(401)
        return function(*given, **named)
    return inner

@app.get('/guarded')
@login_required
def guarded(): return ''

@login_required
@app.get('/open')
def unguarded(): return ''

@app.post('/token')
@token
def with_token():
    data = request.get_json()
    return data['title'] + data.get('text') + request.args['lang']

@admin.before_request
def check():
    if 'user' not in session:
        abort(403)

@admin.get('/all')
def everything(): return ''

app.register_blueprint(admin)
`,
  })
  expect(routes.map(({ path, guard }) => [path, guard])).toEqual([
    ['/guarded', 'yes'],
    ['/open', 'no'],
    ['/token', 'yes'],
    ['/admin/all', 'yes'],
  ])
  expect(routes[2]).toMatchObject({
    middlewares: [{ name: 'token' }],
    reads: { body: ['title', 'text'], query: ['lang'], params: [] },
  })
})

it('reads class views and resources of the extensions', async () => {
  const found = await survey({
    'app.py': `
from flask import Flask, Blueprint
from flask.views import MethodView
from flask_restful import Api, Resource
from flask_restx import Api as Rx, Namespace
app = Flask(__name__, static_folder='public')
api = Api(app, prefix='/rest')
mounted = Blueprint('mounted', __name__, url_prefix='/x')
rx = Rx(mounted)
cats = Namespace('cats')

class Thing(MethodView):
    def get(self): return ''
    def delete(self): return ''

class Todo(Resource):
    def put(self, id): return {}

@cats.route('/', '/<int:id>')
class Cats(Resource):
    def get(self): return {}

app.add_url_rule('/things', view_func=Thing.as_view('things'))
api.add_resource(Todo, '/todos/<id>')
rx.add_namespace(cats)
app.register_blueprint(mounted)
`,
  })
  expect(lines(found)).toEqual([
    'DELETE /things',
    'GET /public/*',
    'GET /things',
    'GET /x/cats/',
    'GET /x/cats/:id',
    'PUT /rest/todos/:id',
  ])
})
