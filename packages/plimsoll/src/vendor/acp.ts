/** The Agent Client Protocol, as one module: built into the package. */
export * from '@agentclientprotocol/sdk'
