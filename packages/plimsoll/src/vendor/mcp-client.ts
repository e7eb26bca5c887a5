/** The client of the Model Context Protocol, as one module: built into the package. */
export { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
export { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
