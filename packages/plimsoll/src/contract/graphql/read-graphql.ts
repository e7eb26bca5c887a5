import type { IntrospectionQuery } from 'graphql'
import type { GraphqlApi } from '../api.ts'
import { describeSchema } from './describe-schema.ts'
import { mergeSdl } from './merge-sdl.ts'

type Read = { graphql: GraphqlApi | null; problems: { where: string; problem: string }[] }

const load = async () => await import('graphql')

/** The query that asks a server for its schema. */
export const introspectionQuery = async (): Promise<string> => (await load()).getIntrospectionQuery()

const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown))

/** Reads what a server answers to an introspection: `data` of its JSON. */
export const readIntrospection = async (data: unknown, endpoint: string): Promise<Read> => {
  const graphql = await load()
  try {
    // buildClientSchema checks what it is given and throws.
    const schema = graphql.buildClientSchema(data as IntrospectionQuery)
    return {
      graphql: describeSchema(graphql, schema, { endpoint, from: 'introspection' }),
      problems: [],
    }
  } catch (thrown) {
    return { graphql: null, problems: [{ where: endpoint, problem: messageOf(thrown) }] }
  }
}

/** Reads a schema that is written in SDL, over any number of files. */
export const readSdl = async (
  texts: readonly { where: string; text: string }[],
  endpoint: string | null,
): Promise<Read> => {
  const graphql = await load()
  const { document, problems } = mergeSdl(graphql, texts)
  try {
    const schema = graphql.buildASTSchema(document, { assumeValid: true, assumeValidSDL: true })
    const described = describeSchema(graphql, schema, { endpoint, from: 'schema' })
    return { graphql: described.operations.length === 0 ? null : described, problems }
  } catch (thrown) {
    const where = texts.map((one) => one.where).join(', ')
    return { graphql: null, problems: [...problems, { where, problem: messageOf(thrown) }] }
  }
}
