import { describe, expect, test } from 'vitest'
import { lessonsOf } from './learn.ts'

/** `user.email email`, `status =open|closed`, `-extra`: one lesson. */
const lessons = (body: unknown): string[] =>
  lessonsOf(typeof body === 'string' ? body : JSON.stringify(body)).map(({ path, type, oneOf, unwanted }) =>
    unwanted
      ? `-${path.join('.')}`
      : [path.join('.'), ...(oneOf ? [`=${oneOf.join('|')}`] : type ? [type] : [])].join(' '),
  )

type Row = readonly [string, unknown, readonly string[]]

const fastify = (message: string) => ({
  statusCode: 400,
  code: 'FST_ERR_VALIDATION',
  error: 'Bad Request',
  message,
})
const ajv = (instancePath: string, keyword: string, params: object, message: string) => ({
  errors: [{ instancePath, schemaPath: `#/properties${instancePath}/${keyword}`, keyword, params, message }],
})

describe('Fastify and ajv', () => {
  test.each<Row>([
    ['missing', fastify("body must have required property 'title'"), ['title']],
    ['missing below', fastify("body/user must have required property 'email'"), ['user.email']],
    ['type', fastify('body/seats must be integer'), ['seats number']],
    ['type of a named field', fastify('body/emailCount must be integer'), ['emailCount number']],
    ['format', fastify('body/email must match format "email"'), ['email email']],
    ['date', fastify('body/startsAt must match format "date-time"'), ['startsAt date']],
    [
      'raw missing',
      ajv('/user', 'required', { missingProperty: 'email' }, "must have required property 'email'"),
      ['user.email'],
    ],
    [
      'raw missing at the top',
      ajv('', 'required', { missingProperty: 'title' }, "must have required property 'title'"),
      ['title'],
    ],
    ['raw type', ajv('/seats', 'type', { type: 'integer' }, 'must be integer'), ['seats number']],
    [
      'raw enum',
      ajv(
        '/status',
        'enum',
        { allowedValues: ['open', 'closed'] },
        'must be equal to one of the allowed values',
      ),
      ['status =open|closed'],
    ],
    [
      'raw additional',
      ajv('', 'additionalProperties', { additionalProperty: 'extra' }, 'must NOT have additional properties'),
      ['-extra'],
    ],
  ])('%s', (_name, body, expected) => {
    expect(lessons(body)).toEqual(expected)
  })
})

const issue = (parts: object) => ({ error: { name: 'ZodError', issues: [parts] } })

describe('zod', () => {
  test.each<Row>([
    [
      '3 missing',
      issue({
        code: 'invalid_type',
        expected: 'string',
        received: 'undefined',
        path: ['title'],
        message: 'Required',
      }),
      ['title string'],
    ],
    [
      '3 below a list',
      issue({
        code: 'invalid_type',
        expected: 'number',
        received: 'undefined',
        path: ['order', 'total'],
        message: 'Required',
      }),
      ['order.total number'],
    ],
    [
      '3 email',
      issue({ validation: 'email', code: 'invalid_string', message: 'Invalid email', path: ['contact'] }),
      ['contact email'],
    ],
    [
      '3 uuid',
      issue({ validation: 'uuid', code: 'invalid_string', message: 'Invalid uuid', path: ['venue'] }),
      ['venue uuid'],
    ],
    [
      '3 enum',
      issue({
        received: 'x',
        code: 'invalid_enum_value',
        options: ['open', 'closed'],
        path: ['status'],
        message: "Invalid enum value. Expected 'open' | 'closed', received 'x'",
      }),
      ['status =open|closed'],
    ],
    [
      '3 unrecognised',
      issue({
        code: 'unrecognized_keys',
        keys: ['extra', 'more'],
        path: [],
        message: "Unrecognized key(s) in object: 'extra', 'more'",
      }),
      ['-extra', '-more'],
    ],
    [
      '3 unrecognised below',
      issue({
        code: 'unrecognized_keys',
        keys: ['extra'],
        path: ['user'],
        message: "Unrecognized key(s) in object: 'extra'",
      }),
      ['-user.extra'],
    ],
    [
      '3 flattened',
      { formErrors: [], fieldErrors: { title: ['Required'], seats: ['Expected number, received string'] } },
      ['title', 'seats number'],
    ],
    [
      '4 missing',
      issue({
        expected: 'string',
        code: 'invalid_type',
        path: ['title'],
        message: 'Invalid input: expected string, received undefined',
      }),
      ['title string'],
    ],
    [
      '4 number',
      issue({
        origin: 'number',
        code: 'too_small',
        minimum: 1,
        inclusive: true,
        path: ['seats'],
        message: 'Too small: expected number to be >=1',
      }),
      ['seats number'],
    ],
    [
      '4 format',
      issue({
        origin: 'string',
        code: 'invalid_format',
        format: 'email',
        pattern: '/^x$/',
        path: ['contact'],
        message: 'Invalid email address',
      }),
      ['contact email'],
    ],
    [
      '4 value',
      issue({
        code: 'invalid_value',
        values: ['open', 'closed'],
        path: ['status'],
        message: 'Invalid option: expected one of "open"|"closed"',
      }),
      ['status =open|closed'],
    ],
    [
      '4 unrecognised',
      issue({ code: 'unrecognized_keys', keys: ['extra'], path: [], message: 'Unrecognized key: "extra"' }),
      ['-extra'],
    ],
  ])('%s', (_name, body, expected) => {
    expect(lessons(body)).toEqual(expected)
  })
})

describe('joi', () => {
  test.each<Row>([
    ['missing', { error: '"title" is required' }, ['title']],
    ['below', { error: '"user.email" must be a valid email' }, ['user.email email']],
    ['type', { error: '"seats" must be a number' }, ['seats number']],
    ['enum', { error: '"status" must be one of [open, closed]' }, ['status =open|closed']],
    ['not allowed', { error: '"extra" is not allowed' }, ['-extra']],
    [
      'details',
      {
        details: [
          {
            message: '"title" is required',
            path: ['title'],
            type: 'any.required',
            context: { label: 'title', key: 'title' },
          },
        ],
      },
      ['title'],
    ],
    [
      'celebrate',
      {
        statusCode: 400,
        error: 'Bad Request',
        message: 'Validation failed',
        validation: { body: { source: 'body', keys: ['title'], message: '"title" is required' } },
      },
      ['title'],
    ],
  ])('%s', (_name, body, expected) => {
    expect(lessons(body)).toEqual(expected)
  })
})

const nest = (...message: string[]) => ({ message, error: 'Bad Request', statusCode: 400 })

describe('class-validator in Nest', () => {
  test.each<Row>([
    [
      'empty and string',
      nest('title should not be empty', 'title must be a string'),
      ['title', 'title string'],
    ],
    ['integer', nest('seats must be an integer number'), ['seats number']],
    ['email', nest('email must be an email'), ['email email']],
    ['enum', nest('status must be one of the following values: open, closed'), ['status =open|closed']],
    ['date', nest('startsAt must be a valid ISO 8601 date string'), ['startsAt date']],
    ['array', nest('tags must be an array', 'each value in tags must be a string'), ['tags array']],
    ['below', nest('user.email must be an email'), ['user.email email']],
    ['uuid', nest('venueId must be a UUID'), ['venueId uuid']],
    ['boolean', nest('open must be a boolean value'), ['open boolean']],
    ['not wanted', nest('property extra should not exist'), ['-extra']],
    ['not wanted below', nest('user.property extra should not exist'), ['-user.extra']],
  ])('%s', (_name, body, expected) => {
    expect(lessons(body)).toEqual(expected)
  })
})

describe('express-validator', () => {
  test.each<Row>([
    ['7', { errors: [{ type: 'field', msg: 'Invalid value', path: 'title', location: 'body' }] }, ['title']],
    [
      '7 with a text',
      { errors: [{ type: 'field', msg: 'must be an integer', path: 'seats', location: 'body' }] },
      ['seats number'],
    ],
    ['6', { errors: [{ msg: 'Invalid value', param: 'user.email', location: 'body' }] }, ['user.email']],
    [
      'mapped',
      { errors: { title: { type: 'field', msg: 'Invalid value', path: 'title', location: 'body' } } },
      ['title'],
    ],
  ])('%s', (_name, body, expected) => {
    expect(lessons(body)).toEqual(expected)
  })
})

const pydantic = (type: string, loc: string[], msg: string, ctx?: object) => ({
  detail: [{ type, loc: ['body', ...loc], msg, input: {}, ...(ctx && { ctx }) }],
})

describe('Python', () => {
  test.each<Row>([
    ['pydantic missing', pydantic('missing', ['title'], 'Field required'), ['title']],
    ['pydantic below', pydantic('missing', ['user', 'email'], 'Field required'), ['user.email']],
    [
      'pydantic integer',
      pydantic(
        'int_parsing',
        ['seats'],
        'Input should be a valid integer, unable to parse string as an integer',
      ),
      ['seats number'],
    ],
    [
      'pydantic enum',
      pydantic('enum', ['status'], "Input should be 'open', 'held' or 'closed'", {
        expected: "'open', 'held' or 'closed'",
      }),
      ['status =open|held|closed'],
    ],
    [
      'pydantic date',
      pydantic(
        'datetime_from_date_parsing',
        ['starts'],
        'Input should be a valid datetime or date, input is too short',
      ),
      ['starts date'],
    ],
    ['pydantic extra', pydantic('extra_forbidden', ['extra'], 'Extra inputs are not permitted'), ['-extra']],
    [
      'pydantic 1',
      {
        detail: [{ loc: ['body', 'seats'], msg: 'value is not a valid integer', type: 'type_error.integer' }],
      },
      ['seats number'],
    ],
    [
      'connexion missing',
      { detail: "'username' is a required property", status: 400, title: 'Bad Request', type: 'about:blank' },
      ['username'],
    ],
    [
      'connexion type',
      {
        detail: "'x' is not of type 'integer' - 'seats'",
        status: 400,
        title: 'Bad Request',
        type: 'about:blank',
      },
      ['seats number'],
    ],
    [
      'connexion enum',
      { detail: "'x' is not one of ['open', 'closed'] - 'status'", status: 400, title: 'Bad Request' },
      ['status =open|closed'],
    ],
    [
      'marshmallow',
      { errors: { json: { title: ['Missing data for required field.'], seats: ['Not a valid integer.'] } } },
      ['title', 'seats number'],
    ],
    ['Django', { title: ['This field is required.'] }, ['title']],
  ])('%s', (_name, body, expected) => {
    expect(lessons(body)).toEqual(expected)
  })
})

describe('sentences', () => {
  test.each<Row>([
    ['is required', { error: 'title is required' }, ['title']],
    ['missing fields', { error: 'Missing required fields: title, seats' }, ['title', 'seats']],
    ['both', { message: 'email and password are required' }, ['email', 'password']],
    ['capital', { message: 'Username and password are required' }, ['username', 'password']],
    ['three', { message: 'name, email and password are required' }, ['name', 'email', 'password']],
    ['field first', { message: 'Field "title" is required' }, ['title']],
    ['blank', { errors: { email: ["can't be blank"] } }, ['email']],
    ['mongoose', { message: 'Book validation failed: title: Path `title` is required.' }, ['title']],
    ['plain text', 'title must be a string', ['title string']],
    ['one of', { error: 'status must be one of: open, closed' }, ['status =open|closed']],
  ])('%s', (_name, body, expected) => {
    expect(lessons(body)).toEqual(expected)
  })

  test.each<[string, unknown]>([
    ['a wrong login', { error: 'invalid credentials' }],
    ['a bare status', { statusCode: 400, error: 'Bad Request', message: 'Bad Request' }],
    ['a conflict', { error: 'this slot is already taken' }],
    ['an empty answer', ''],
    ['a page', '<!doctype html><title>Error</title><pre>Bad Request</pre>'],
    ['it', { message: 'This must be a valid request. It is required.' }],
    ['problem details', { type: 'about:blank', title: 'Invalid request', status: 400, detail: 'See log' }],
    ['null', null],
  ])('nothing is learnt from %s', (_name, body) => {
    expect(lessons(body)).toEqual([])
  })
})
