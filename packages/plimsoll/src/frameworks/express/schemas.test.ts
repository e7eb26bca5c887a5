import { expect, test } from 'vitest'
import { openProject } from '../../instruments/source/open-project.ts'
import { writeFixture } from '../../instruments/source/write-fixture.ts'
import javascript from '../../languages/javascript/index.ts'
import express from './index.ts'

const routesOf = async (files: Record<string, string>) => {
  const { dir, remove } = writeFixture({
    'package.json': { name: 'harbour', dependencies: { express: '*' } },
    ...files,
  })
  try {
    const project = await openProject(dir)
    const [module] = javascript.modules(project)
    if (module === undefined) throw new Error('no module')
    const { routes } = await express.routes(project, module, project.files)
    return routes
  } finally {
    remove()
  }
}

const schemasOf = async (files: Record<string, string>) =>
  Object.fromEntries(
    (await routesOf(files)).map(({ method, path, schemas }) => [`${method} ${path}`, schemas]),
  )

const text = { type: 'string' }
const object = (properties: object, ...required: string[]) => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
})
const AB = object({ a: text }, 'a')
const PAGE = object({ page: { type: 'integer' } }, 'page')

const app = (routes: string, imports = '') => ({
  'app.ts': `
    import express from 'express'
    import { z } from 'zod'
    import Joi from 'joi'
    ${imports}
    const A = z.object({ a: z.string() })
    const P = z.object({ page: z.coerce.number().int() })
    const app = express()
    ${routes}
    app.listen(3000)`,
})

test.each([
  [
    'a factory',
    'const check = (schema) => (req, res, next) => { schema.parse(req.body); next() }',
    'check(A)',
  ],
  [
    'a result that is looked at',
    'function check(schema) { return async (req, res, next) => { const result = await schema.safeParseAsync(req.body); if (!result.success) return res.status(400).end(); req.body = result.data; next() } }',
    'check(A)',
  ],
  [
    'the part is given',
    'const check = (schema, part) => (req, res, next) => { const { error } = schema.safeParse(req[part]); next(error) }',
    "check(A, 'body')",
  ],
  [
    'a whole request',
    'const check = (schema) => (req, res, next) => { try { schema.parse({ body: req.body, query: req.query, params: req.params }) } catch (error) { next(error) } }',
    'check(z.object({ body: A }))',
  ],
  [
    'parts in turn',
    "const check = (schemas) => (req, res, next) => { ['params', 'query', 'body'].forEach((part) => { if (schemas[part]) schemas[part].parse(req[part]) }); next() }",
    'check({ body: A })',
  ],
  [
    'a loop over the given parts',
    'const check = (schemas) => (req, res, next) => { for (const part of Object.keys(schemas)) { const { error } = schemas[part].safeParse(req[part]) } next() }',
    'check({ body: A })',
  ],
  [
    'a pick of the request',
    "const check = (schema) => (req, res, next) => { const valid = pick(schema, ['body']); const object = pick(req, Object.keys(valid)); const { value, error } = Joi.compile(valid).prefs({ abortEarly: false }).validate(object); next(error) }\nconst pick = (from, keys) => keys.reduce((all, key) => { if (key in from) all[key] = from[key]; return all }, {})",
    'check({ body: Joi.object({ a: Joi.string().allow("").required() }) })',
  ],
  [
    'a class',
    'class Check { constructor(schema) { this.schema = schema } run = (req, res, next) => { this.schema.parse(req.body); next() } }',
    'new Check(A).run',
  ],
  [
    'a function of its own behind it',
    'const parse = (schema, data) => schema.parse(data)\nconst check = (schema) => (req, res, next) => { req.body = parse(schema, req.body); next() }',
    'check(A)',
  ],
  [
    'celebrate',
    "import { celebrate, Segments } from 'celebrate'",
    'celebrate({ [Segments.BODY]: Joi.object({ a: Joi.string().allow("").required() }) })',
  ],
  [
    'zod-express-middleware',
    "import { validateRequestBody } from 'zod-express-middleware'",
    'validateRequestBody(A)',
  ],
  ['express-validator', "import { body } from 'express-validator'", "[body('a').isString()]"],
  [
    'ajv',
    "import Ajv from 'ajv'\nconst check = new Ajv().compile({ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] })",
    '(req, res, next) => { if (!check(req.body)) return res.status(400).end(); next() }',
  ],
])('a middleware checks the body: %s', async (_, code, middleware) => {
  const found = await schemasOf(
    app(
      `${code.startsWith('import') ? '' : code}\napp.post('/a', ${middleware}, (req, res) => res.end())`,
      code.startsWith('import') ? code : '',
    ),
  )
  expect(found['POST /a']).toEqual({ body: AB })
})

test('a handler checks what it takes', async () => {
  const code = `
    const handle = (run) => (req, res, next) => Promise.resolve(run(req, res, next)).catch(next)
    app.post('/body', async (req, res) => { const { a } = A.parse(req.body); res.json(a) })
    app.get('/query', (req, res) => { const { query } = req; const page = P.safeParse(query); res.json(page) })
    app.post('/wrapped', handle(async (req, res) => { const { error } = Joi.object({ a: Joi.string().allow('').required() }).validate(req.body); res.json(error) }))
    app.post('/inner', (req, res) => { A.parse(req.body.user); res.end() })
    app.post('/old', (req, res) => { const result = Joi.validate(req.body, Joi.object({ a: Joi.string().allow('').required() })); res.json(result) })
    app.post('/perhaps', (req, res) => { if (req.query.strict) A.parse(req.body); res.end() })
    app.post('/none', (req, res) => { save(req.body); res.json(JSON.parse(req.body.text)) })
    app.post('/both', (req, res) => { A.parse(req.body); P.parse(req.query); res.end() })`
  expect(await schemasOf(app(code))).toEqual({
    'POST /body': { body: AB },
    'GET /query': { query: PAGE },
    'POST /wrapped': { body: AB },
    'POST /inner': { body: object({ user: AB }, 'user') },
    'POST /old': { body: AB },
    'POST /perhaps': undefined,
    'POST /none': undefined,
    'POST /both': { body: AB, query: PAGE },
  })
})

test('fields of express-validator come together, nested and in lists', async () => {
  const code = `app.put('/orders/:id',
    param('id').isInt({ min: 1 }),
    body('name').trim().notEmpty().isLength({ max: 20 }),
    body('note').optional().isString(),
    body('address.city').isString(),
    query('dry').isBoolean(),
    (req, res) => res.end())`
  expect(
    (await schemasOf(app(code, "import { body, param, query } from 'express-validator'")))['PUT /orders/:id'],
  ).toEqual({
    params: object({ id: { type: 'integer', minimum: 1 } }, 'id'),
    query: object({ dry: { type: 'boolean' } }, 'dry'),
    body: object(
      {
        name: { minLength: 1, type: 'string', maxLength: 20 },
        note: text,
        address: object({ city: text }, 'city'),
      },
      'name',
      'address',
    ),
  })
})

test.each([
  ["if (!req.headers.authorization?.startsWith('Bearer ')) return res.status(401).end()", [{ in: 'bearer' }]],
  ["if (!req.get('x-api-key')) return res.status(401).end()", [{ in: 'header', name: 'x-api-key' }]],
  ['if (!req.cookies.sid) return res.status(401).end()', [{ in: 'cookie', name: 'sid' }]],
  [
    "if (!req.headers['authorization']) return res.status(401).end()",
    [{ in: 'header', name: 'authorization' }],
  ],
  ['if (!req.session.user) return res.status(401).end()', undefined],
  ["passport.authenticate('bearer', { session: false })(req, res, next)", [{ in: 'bearer' }]],
])('a guard looks for who is calling: %s', async (code, credentials) => {
  const files = app(
    `const guard = (req, res, next) => { ${code}; next() }\napp.get('/a', guard, (req, res) => res.end())`,
    "import passport from 'passport'",
  )
  const [route] = await routesOf(files)
  expect([route?.guard, route?.credentials]).toEqual(['yes', credentials])
})
