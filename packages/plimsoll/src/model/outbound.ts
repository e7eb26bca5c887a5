import { z } from 'zod'

/** `api.example.com`, `*.example.com`, `10.0.0.5`, `::1`, `[::1]`, the first and the last with `:port`; `/path/of.sock`. */
const ENTRY =
  /^(?:(?:\*\.)?[A-Za-z\d_](?:[\w.-]*[A-Za-z\d])?(?::\d{1,5})?|\[[\dA-Fa-f:.]+\](?::\d{1,5})?|[\dA-Fa-f]*:[\dA-Fa-f]*:[\dA-Fa-f:.]*|\/\S+)$/

/** One place outside the lab that the app may reach. */
export const OutboundAddress = z.string().regex(ENTRY, {
  error: 'Invalid input: expected "host", "*.host", "host:port" or the path of a socket',
})

/** An address outside the lab that the app asked for. No payload is kept. */
export const Outbound = z.object({
  /** `name`: its name was looked up; `unix`: the host is the path of a socket */
  kind: z.enum(['name', 'tcp', 'udp', 'unix']),
  host: z.string(),
  port: z.number().int().nullable(),
  outcome: z.enum(['refused', 'passed']),
  times: z.number().int(),
  /** steps and operations during which it happened, where that is known: `build`, `POST /orders` */
  during: z.array(z.string()),
})
export type Outbound = z.infer<typeof Outbound>
