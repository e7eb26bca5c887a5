import { z } from 'zod'
import { tellExchange } from '../../model/reading/tell-evidence.ts'
import { cutText, MOST_BYTES } from '../cut.ts'
import { defineTool } from '../define.ts'
import { asking, withDoor } from '../refuse.ts'

const Input = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
  path: z.string().regex(/^\//, 'a path begins with /').describe('path and query: /orders?limit=2; no host'),
  body: z.unknown().optional().describe('sent as JSON; a text is sent as it is'),
  headers: z.record(z.string(), z.string()).optional(),
  as: z.string().optional().describe('anonymous, or an account of the lab: A (unless told), B, …'),
})
type Input = z.infer<typeof Input>

/** **Contract:** reaches the app in the lab and nothing else. */
export default defineTool<Input>({
  id: 'http',
  title: 'Send a request to the app in the lab',
  description:
    'Sends one request to the app, booted in the lab from the code as it is now, beside a disposable database. Use it to see how a route answers, or to look at a body before you write code against it. as says who sends it: two accounts of equal rights (A, B), or anonymous. Only the app can be reached: paths, no hosts. The body is cut to 2,000 characters. One good answer proves nothing: prove does. The first call boots the lab, and so does the first after a change.',
  input: Input,
  effect: 'executes',
  mcp: true,
  subjects: ({ method, path }) => [{ kind: 'address', text: `${method} ${path}` }],
  run: ({ method, path, headers, body, as }, context) =>
    withDoor(context, async (door) => {
      const request = {
        method,
        path,
        ...(headers !== undefined && { headers }),
        ...(body !== undefined && { body }),
        ...(as !== undefined && { as }),
      }
      const exchange = await door.http(request, asking(context))
      const shown = Object.entries(exchange.headers).filter(([name]) => TELLING.test(name))
      const lines = [
        tellExchange(exchange),
        ...shown.map(([name, value]) => `${name}: ${value}`),
        exchange.body,
      ]
      return { text: cutText(lines.join('\n').trimEnd(), MOST_BYTES, 'ask for less'), data: exchange }
    }),
})

/** Headers that say something of the answer; the others are the same every time. */
const TELLING =
  /^(?:content-type|location|set-cookie|www-authenticate|allow|retry-after|link|etag|cache-control|access-control-.*|x-total-count|idempotency-.*|(?:x-)?ratelimit-.*)$/i
