/** Settings of a server that is thrown away: quick to start, quiet, and the same on every machine. */
const ALWAYS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  wal_keep_size: '64MB',
  shared_buffers: '64MB',
  dynamic_shared_memory_type: 'mmap',
  jit: 'off',
  lc_messages: 'C',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'ISO, MDY',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
}

/** A crash of the machine may cost everything; a crash of the server, or of us, costs nothing more than usual. */
const FAST: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
}

/** As `-c name=value` arguments; `durable` keeps PostgreSQL's own promises about the disk. */
export const settingArguments = (settings: Readonly<Record<string, string>>, durable: boolean): string[] =>
  Object.entries({ ...settings, ...(durable ? {} : FAST) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])

export const localSettings = (port: number) => ({ ...ALWAYS, port: String(port) })

/** Inside a container the server must listen on the container's own address. */
export const containerSettings = () => {
  const { listen_addresses: _, unix_socket_directories: __, ...rest } = ALWAYS
  return rest
}
