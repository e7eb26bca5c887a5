/** The client of the Model Context Protocol, as one module: built into the package. */
export {
  type CallToolResult,
  Client,
  StreamableHTTPClientTransport,
  type Tool,
} from '@modelcontextprotocol/client'
export { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio'
