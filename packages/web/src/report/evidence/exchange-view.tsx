import { formatDuration } from '../../../../plimsoll/src/base/text/numbers.ts'
import type { Exchange } from '../../../../plimsoll/src/model/evidence.ts'
import { curlLine } from '../../../../plimsoll/src/model/reading/curl.ts'
import { CommandLine } from '../controls/command-line.tsx'
import { outcomeOf } from '../timeline/outcome.ts'

/** JSON that is whole is easier to read over several lines; anything else is shown as it came. */
const readable = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

const Headers = ({ headers }: { headers: Record<string, string> }) => (
  <dl class="headers">
    {Object.entries(headers).map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

const Body = ({ text }: { text: string | undefined }) =>
  text === undefined || text === '' ? null : <pre>{readable(text)}</pre>

export const ExchangeView = ({ exchange }: { exchange: Exchange }) => (
  <div class="exchange">
    <div class="side">
      <p class="line">
        <b>{exchange.method}</b> <span>{exchange.path}</span>
      </p>
      <Headers headers={exchange.requestHeaders} />
      <Body text={exchange.requestBody} />
    </div>
    <div class="side">
      <p class="line">
        <b class={`outcome-${outcomeOf(exchange)}`}>
          {exchange.status ?? `no answer: ${exchange.error ?? 'unknown'}`}
        </b>{' '}
        <span class="dim">after {formatDuration(exchange.durationMs)}</span>
      </p>
      <Headers headers={exchange.headers} />
      <Body text={exchange.body} />
    </div>
    <CommandLine command={curlLine(exchange)} what="the request as a curl line" />
    <p class="note">BASE is the address of the app: http://127.0.0.1:3000, for example.</p>
  </div>
)
