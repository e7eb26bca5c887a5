import type { Scope } from '../../languages/python/code/scope.ts'
import { lineOf } from '../../languages/python/code/syntax.ts'
import type { SourcePlace } from '../../model/evidence.ts'

export const functionPlace = (scope: Scope): SourcePlace => ({ file: scope.file, line: lineOf(scope.node) })
