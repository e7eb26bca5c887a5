import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import {
  fromJsonSchema,
  type McpServer,
  ResourceTemplate,
  type ServerContext,
} from '../../vendor/mcp-server.ts'

/** One red pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=='
/** A sound without samples. */
const SILENCE = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA='

const text = (words: string) => ({ type: 'text' as const, text: words })
const image = { type: 'image' as const, data: PIXEL, mimeType: 'image/png' }
const embedded = (uri: string, words: string, mimeType = 'text/plain') => ({
  type: 'resource' as const,
  resource: { uri, mimeType, text: words },
})
const PAUSE_MS = 20

const contents = (server: McpServer) => {
  const tool = (name: string, content: readonly object[]) =>
    server.registerTool(name, { description: `answers as ${name} should` }, () => ({
      content: z.array(z.any()).parse(content),
    }))
  tool('test_image_content', [image])
  tool('test_audio_content', [{ type: 'audio', data: SILENCE, mimeType: 'audio/wav' }])
  tool('test_embedded_resource', [
    embedded('test://embedded-resource', 'This is an embedded resource content.'),
  ])
  tool('test_multiple_content_types', [
    text('Multiple content types test:'),
    image,
    embedded('test://mixed-content-resource', '{"test":"data","value":123}', 'application/json'),
  ])
}

const logging = (server: McpServer) =>
  server.registerTool('test_tool_with_logging', { description: 'logs three times' }, async (context) => {
    for (const line of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await context.mcpReq.log('info', line)
      await wait(PAUSE_MS)
    }
    return { content: [text('logged')] }
  })

type Form = Parameters<ServerContext['mcpReq']['elicitInput']>[0]

const asks = (server: McpServer) => {
  const form = (name: string, properties: Record<string, unknown>, required: readonly string[] = []) =>
    server.registerTool(name, { description: `asks as ${name} should` }, async (context) => {
      const requestedSchema = { type: 'object', properties, required: [...required] }
      const { action, content } = await context.mcpReq.elicitInput({
        message: 'Please fill in',
        requestedSchema,
      } as Form)
      return {
        content: [text(`Elicitation completed: action=${action}, content=${JSON.stringify(content)}`)],
      }
    })
  form(
    'test_elicitation',
    {
      username: { type: 'string', description: "User's response" },
      email: { type: 'string', description: 'address' },
    },
    ['username', 'email'],
  )
  form('test_elicitation_sep1034_defaults', {
    name: { type: 'string', default: 'John Doe' },
    age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', default: true },
  })
  const titled = [1, 2, 3].map((n) => ({ const: `value${n}`, title: `Option ${n}` }))
  const options = ['option1', 'option2', 'option3']
  form('test_elicitation_sep1330_enums', {
    untitledSingle: { type: 'string', enum: options },
    titledSingle: { type: 'string', oneOf: titled },
    legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['One', 'Two', 'Three'] },
    untitledMulti: { type: 'array', items: { type: 'string', enum: options } },
    titledMulti: { type: 'array', items: { anyOf: titled } },
  })
  server.registerTool(
    'test_sampling',
    { description: 'asks the model of the client', inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt }, context) => {
      const { content } = await context.mcpReq.requestSampling({
        messages: [{ role: 'user', content: text(prompt) }],
        maxTokens: 100,
      })
      return { content: [text(`LLM response: ${JSON.stringify(content)}`)] }
    },
  )
}

const breaksOff = (server: McpServer) =>
  server.registerTool('test_reconnection', { description: 'closes its stream' }, async (context) => {
    context.http?.closeSSE?.()
    await wait(PAUSE_MS * 5)
    return { content: [text('Reconnection test completed')] }
  })

const schema = (server: McpServer) =>
  server.registerTool(
    'json_schema_2020_12_tool',
    {
      description: 'Tool with JSON Schema 2020-12 features',
      inputSchema: fromJsonSchema({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        $defs: {
          address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } },
        },
        properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
        additionalProperties: false,
      }),
    },
    () => ({ content: [text('well formed')] }),
  )

const resources = (server: McpServer) => {
  server.registerResource('static-text', 'test://static-text', { description: 'a text' }, ({ href }) => ({
    contents: [
      { uri: href, mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
    ],
  }))
  server.registerResource(
    'static-binary',
    'test://static-binary',
    { description: 'a picture' },
    ({ href }) => ({
      contents: [{ uri: href, mimeType: 'image/png', blob: PIXEL }],
    }),
  )
  server.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { description: 'by number' },
    ({ href }, { id }) => ({
      contents: [
        {
          uri: href,
          mimeType: 'application/json',
          text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
        },
      ],
    }),
  )
}

const user = <T>(content: T) => ({ role: 'user' as const, content })

const prompts = (server: McpServer) => {
  const description = 'a prompt of the suite'
  server.registerPrompt('test_simple_prompt', { description }, () => ({
    messages: [user(text('This is a simple prompt for testing.'))],
  }))
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description, argsSchema: z.object({ arg1: z.string(), arg2: z.string() }) },
    ({ arg1, arg2 }) => ({ messages: [user(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))] }),
  )
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description, argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri }) => ({
      messages: [
        user(embedded(resourceUri, 'Embedded resource content for testing.')),
        user(text('Please process the embedded resource above.')),
      ],
    }),
  )
  server.registerPrompt('test_prompt_with_image', { description }, () => ({
    messages: [user(image), user(text('Please analyze the image above.'))],
  }))
}

/** What the conformance suite wants to find beside our own: content that none of our tools gives. */
export const addConformanceFixtures = (server: McpServer): McpServer => {
  for (const add of [contents, logging, asks, breaksOff, schema, resources, prompts]) add(server)
  return server
}
