/** An address that the project names, and that is not the lab's: `db.example.com:5432`, from `.env`. */
export type Foreign = { address: string; from: string }

const NO_NETWORK =
  /ENOTFOUND|EAI_AGAIN|ENETUNREACH|Could not resolve host|Temporary failure in name resolution|Name or service not known|Network is unreachable|could not translate host name/
const READ_ONLY = /Read-only file system|EROFS|Device or resource busy|EBUSY/

const hostOf = (address: string) => address.replace(/:\d+$/, '')

/**
 * What a command cannot know about why it failed, a sentence each.
 * @param told what was refused meanwhile: addresses of stores that are not the lab's, hosts that are not listed
 */
export const notesOn = (
  output: string,
  {
    refused,
    unlisted,
    foreign,
    hosts,
  }: {
    unlisted: readonly string[]
    refused: readonly string[]
    foreign: readonly Foreign[]
    hosts: readonly string[]
  },
): string[] => {
  const notes = [...new Set(refused)].map(
    (address) =>
      `a connection to ${address} was refused: it is not a store of the lab. The variables of this shell lead to the lab's copy; read the address from them.`,
  )
  for (const address of new Set(unlisted))
    notes.push(
      `${address} is not a host that commands may reach here; a person can list it under "agent": { "network": […] } in plimsoll.config.json.`,
    )
  const named = foreign.filter(({ address }) => output.includes(hostOf(address)) && NO_NETWORK.test(output))
  for (const { address, from } of named)
    notes.push(
      `${address} (${from}) is not reachable: it is not a store of the lab. The variables of this shell lead to the lab's copy.`,
    )
  if (named.length === 0 && NO_NETWORK.test(output))
    notes.push(
      `commands have no network here${hosts.length > 0 ? ` but ${hosts.join(', ')}, through http_proxy` : ''}; loopback works.`,
    )
  if (READ_ONLY.test(output))
    notes.push(
      'the history (.git), secret files and what decides the verdict are read-only here, and only the workspace and /tmp can be written.',
    )
  return notes
}
