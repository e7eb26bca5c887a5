import ts from 'typescript'
import {
  type Class,
  dictionary,
  unknown,
  type Value,
  type World,
} from '../../languages/javascript/code/code.ts'

const DEEPEST = 5

/** The class that a parameter's or property's type names, as a value; null when it names none. */
export const typeValue = (world: World, type: ts.TypeNode | undefined, home: Class): Value | null => {
  if (type === undefined || !ts.isTypeReferenceNode(type)) return null
  const name = type.typeName
  if (ts.isIdentifier(name)) return world.evaluateIn(name, home.scope)
  const left = ts.isIdentifier(name.left) ? world.evaluateIn(name.left, home.scope) : null
  return left === null ? null : world.get(left, name.right.text)
}

const known = new WeakMap<World, Map<ts.Node, Value>>()

/** An instance as Nest would inject it: what its constructor asks for is made first, by the types it names. */
export const makeInstance = (world: World, token: Value, node: ts.Node, depth = 0): Value => {
  if (token.kind === 'dictionary') return token
  if (token.kind === 'external' || token.kind === 'host') return world.construct(token, [], node)
  if (token.kind !== 'class' || depth > DEEPEST) return unknown('something injected')
  const made = known.get(world) ?? new Map<ts.Node, Value>()
  known.set(world, made)
  const before = made.get(token.node)
  if (before !== undefined) return before
  made.set(token.node, dictionary([], { of: token, open: true, node: token.node }))
  const instance = world.construct(token, constructorArguments(world, token, depth), token.node)
  injectProperties(world, token, instance, depth)
  made.set(token.node, instance)
  return instance
}

const injected = (world: World, type: ts.TypeNode | undefined, home: Class, depth: number): Value => {
  const value = typeValue(world, type, home)
  return value === null ? unknown('something injected') : makeInstance(world, value, home.node, depth + 1)
}

const constructorArguments = (world: World, target: Class, depth: number): Value[] => {
  const written = target.node.members.find(ts.isConstructorDeclaration)
  if (written === undefined)
    return target.parent?.kind === 'class' ? constructorArguments(world, target.parent, depth) : []
  return written.parameters.map(({ type }) => injected(world, type, target, depth))
}

const injectProperties = (world: World, target: Class, instance: Value, depth: number) => {
  if (instance.kind !== 'dictionary') return
  for (const member of target.node.members) {
    if (!ts.isPropertyDeclaration(member) || member.initializer !== undefined) continue
    const decorated = (ts.getDecorators(member) ?? []).some((each) => /^@Inject\b/.test(each.getText()))
    if (decorated && ts.isIdentifier(member.name))
      instance.fields.set(member.name.text, injected(world, member.type, target, depth))
  }
  if (target.parent?.kind === 'class') injectProperties(world, target.parent, instance, depth)
}
