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
