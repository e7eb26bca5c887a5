/** The server of the Model Context Protocol, as one module: built into the package. */
export {
  type CallToolResult,
  type ContentBlock,
  completable,
  createMcpHandler,
  type EventStore,
  fromJsonSchema,
  hostHeaderValidationResponse,
  isLegacyRequest,
  type JSONRPCMessage,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  McpServer,
  originValidationResponse,
  ResourceNotFoundError,
  ResourceTemplate,
  type ServerContext,
  type ToolAnnotations,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
export { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
