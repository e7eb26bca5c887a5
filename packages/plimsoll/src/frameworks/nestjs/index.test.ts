import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterEach, expect, test } from 'vitest'
import { openProject } from '../../instruments/source/open-project.ts'
import javascript from '../../languages/javascript/index.ts'
import nestjs from './index.ts'
import { harbour } from './test-harbour.ts'

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true })
})

const MANIFEST = JSON.stringify({ name: 'harbour', dependencies: { '@nestjs/core': '^11.0.0' } })

const write = (files: Record<string, string>) => {
  const root = mkdtempSync(join(tmpdir(), 'plimsoll-nestjs-'))
  roots.push(root)
  for (const [file, text] of Object.entries({ 'package.json': MANIFEST, ...files })) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

const read = async (root: string) => {
  const project = await openProject(root)
  const [module] = javascript.modules(project)
  if (module === undefined) throw new Error('no module')
  return nestjs.routes(project, module, project.files)
}

/** One file with everything in it. */
const app = (code: string, main = '') =>
  write({
    'main.ts': `
      import { Body, Controller, Get, Module, Param, Post, Put, Query, Req, SetMetadata, UseGuards, UsePipes, ValidationPipe } from '@nestjs/common'
      import { APP_GUARD, NestFactory, Reflector } from '@nestjs/core'
      import { ConfigService } from '@nestjs/config'
      import { AuthGuard } from '@nestjs/passport'
      import { JwtService } from '@nestjs/jwt'
      import { ThrottlerGuard } from '@nestjs/throttler'
      import * as v from 'class-validator'
      import { Type } from 'class-transformer'
      import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger'
      ${code}
      const start = async () => { const app = await NestFactory.create(AppModule); ${main}; await app.listen(3000) }
      start()`,
  })

const shown = async (root: string) =>
  (await read(root)).routes.map(
    ({ method, path, guard, validator }) => `${method} ${path} ${guard} ${validator}`,
  )

const ROUTE_TABLE = `
  const { NestApplication } = require('@nestjs/core')
  NestApplication.prototype.listen = async function () {
    await this.init()
    const routes = this.getHttpAdapter().getInstance().router.stack.flatMap((layer) => layer.route ?? [])
    const methodOf = ({ methods, stack }) => (methods._all || stack.length > 20 ? 'ANY' : Object.keys(methods)[0].toUpperCase())
    console.log(JSON.stringify(routes.map((route) => methodOf(route) + ' ' + route.path)))
    process.exit(0)
  }
  require('./main.js')`

const serve = (files: Record<string, string>): string[] => {
  const compilerOptions: ts.CompilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  }
  const scripts = Object.entries(files).map(([file, text]) => [
    file.replace(/\.ts$/, '.js'),
    ts.transpileModule(text, { compilerOptions }).outputText,
  ])
  const root = write({ ...Object.fromEntries(scripts), 'table.js': ROUTE_TABLE })
  const modules = fileURLToPath(new URL('../../../../../node_modules', import.meta.url))
  symlinkSync(modules, join(root, 'node_modules'))
  return JSON.parse(execFileSync(process.execPath, ['table.js'], { cwd: root, encoding: 'utf8' }))
}

test('reads the very routes that a running Nest serves', async () => {
  const { routes, unresolved } = await read(write(harbour))
  const ours = routes.map(({ method, path }) => `${method} ${path}`)
  const served = serve(harbour).map((route) => route.replace(/\*\w+/, '*'))
  expect(ours.sort()).toEqual(served.sort())
  expect(unresolved).toEqual([])
})

test('judges a guard by the metadata of the route it stands before', async () => {
  const root = app(`
    const Public = () => SetMetadata('isPublic', true)
    const Roles = Reflector.createDecorator<string[]>()
    class TokenGuard {
      constructor(private readonly reflector: Reflector, private readonly jwt: JwtService) {}
      async canActivate(context) {
        const isPublic = this.reflector.getAllAndOverride('isPublic', [context.getHandler(), context.getClass()])
        if (isPublic) return true
        await this.jwt.verifyAsync(this.tokenOf(context.switchToHttp().getRequest()))
        return true
      }
      private tokenOf(request) { return request.headers.authorization?.split(' ')[1] }
    }
    class RolesGuard {
      constructor(private readonly reflector: Reflector) {}
      canActivate(context) {
        const roles = this.reflector.get(Roles, context.getHandler())
        return !roles || roles.includes(context.switchToHttp().getRequest().user?.role)
      }
    }
    @Controller('a') class A { @Public() @Get('open') open() {} @Get('closed') closed() {} }
    @Public() @Controller('b') class B { @Get() all() {} @Roles(['admin']) @UseGuards(RolesGuard) @Get('admin') admin() {} @UseGuards(RolesGuard) @Get('any') any() {} }
    @Module({ controllers: [A, B], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }, { provide: APP_GUARD, useClass: TokenGuard }] })
    class AppModule {}`)
  expect(await shown(root)).toEqual([
    'GET /a/open no no',
    'GET /a/closed yes no',
    'GET /b no no',
    'GET /b/admin yes no',
    'GET /b/any no no',
  ])
})

test('knows the guards of passport, those that let all pass, and those that only a setting adds', async () => {
  const root = app(`
    class OptionalGuard extends AuthGuard('jwt') { handleRequest(error, user) { return user } }
    class JwtGuard extends AuthGuard('jwt') {
      constructor(private reflector: Reflector) { super() }
      canActivate(context) { return this.reflector.get('open', context.getHandler()) || super.canActivate(context) }
    }
    class FlagGuard { canActivate() { return process.env.FLAG === '1' } }
    @Controller('c') class C {
      @UseGuards(AuthGuard('basic')) @Get('basic') basic() {}
      @UseGuards(OptionalGuard) @Get('optional') optional() {}
      @UseGuards(JwtGuard) @Get('jwt') jwt() {}
      @UseGuards(JwtGuard) @SetMetadata('open', true) @Get('opened') opened() {}
      @UseGuards(FlagGuard) @Get('flag') flag() {}
    }
    @Module({ controllers: [C] }) class AppModule {}`)
  expect(await shown(root)).toEqual([
    'GET /c/basic yes no',
    'GET /c/optional no no',
    'GET /c/jwt yes no',
    'GET /c/opened no no',
    'GET /c/flag no no',
  ])
  const switched = app(
    `@Controller('d') class D { @Get() all() {} }
     @Module({ controllers: [D], providers: [...(process.env.OPEN ? [] : [{ provide: APP_GUARD, useClass: AuthGuard('jwt') }])] })
     class AppModule {}`,
  )
  expect(await shown(switched)).toEqual(['GET /d unknown no'])
})

const CARGO = `
  enum Kind { Dry = 'dry', Wet = 'wet' }
  class Item { @v.IsInt() @v.Min(1) tons: number }
  class CreateCargo {
    @ApiProperty({ example: 'grain' }) @v.IsString() @v.Length(2, 40) name: string
    @v.IsEnum(Kind) kind: Kind
    @v.IsOptional() @v.IsEmail() contact?: string
    @v.IsArray() @v.ValidateNested({ each: true }) @Type(() => Item) items: Item[]
    @v.IsUUID('4', { each: true }) crates: string[]
  }
  class UpdateCargo extends PartialType(OmitType(CreateCargo, ['items', 'crates'] as const)) {}
  interface Loose { weight: number }
  @Controller('cargo') class Cargo {
    @Post() add(@Body() body: CreateCargo) {}
    @Put(':id') change(@Param('id') id: string, @Body() body: UpdateCargo) {}
    @Post('loose') loose(@Body() body: Loose) {}
    @Post('any') any(@Body() { colour }: any, @Query('dry') dry: string) {}
    @Post('raw') raw(@Req() request) { return request.body.note + request.query.page }
  }
  @Module({ controllers: [Cargo] }) class AppModule {}`

test('a body is checked where a pipe meets a class with rules', async () => {
  expect(await shown(app(CARGO, 'app.useGlobalPipes(new ValidationPipe({ whitelist: true }))'))).toEqual([
    'POST /cargo no yes',
    'PUT /cargo/:id no yes',
    'POST /cargo/loose no no',
    'POST /cargo/any no no',
    'POST /cargo/raw no no',
  ])
  const validators = (await read(app(CARGO))).routes.map(({ validator }) => validator)
  expect(validators).toEqual(['no', 'no', 'no', 'no', 'no'])
})

test('makes a JSON Schema of a class, and tells which names are read', async () => {
  const { routes } = await read(app(CARGO))
  expect(routes[0]?.schemas?.body).toEqual({
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 2, maxLength: 40, examples: ['grain'] },
      kind: { enum: ['dry', 'wet'] },
      contact: { type: 'string', format: 'email' },
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: { tons: { type: 'integer', minimum: 1 } },
          required: ['tons'],
        },
      },
      crates: { type: 'array', items: { type: 'string', format: 'uuid' } },
    },
    required: ['name', 'kind', 'items', 'crates'],
  })
  expect(routes[1]?.schemas?.body).toMatchObject({ properties: { name: {}, kind: {}, contact: {} } })
  expect(routes[1]?.schemas?.body).not.toHaveProperty('required')
  expect(routes.map(({ reads }) => reads)).toEqual([
    { body: ['name', 'kind', 'contact', 'items', 'crates'], query: [], params: [] },
    { body: ['name', 'kind', 'contact'], query: [], params: ['id'] },
    { body: ['weight'], query: [], params: [] },
    { body: ['colour'], query: ['dry'], params: [] },
    { body: ['note'], query: ['page'], params: [] },
  ])
})

test('lists every controller where the modules cannot be read, and tells it', async () => {
  const root = write({
    'main.ts': `import { NestFactory } from '@nestjs/core'
      import { AppModule } from './missing'
      NestFactory.create(AppModule).then((app) => { app.setGlobalPrefix(process.env.PREFIX); return app.listen(3000) })`,
    'a.ts': `import { Controller, Get } from '@nestjs/common'
      @Controller('a') export class A { @Get() all() {} }`,
  })
  const { routes, unresolved } = await read(root)
  expect(routes.map(({ path, handler }) => `${path} ${handler.name}`)).toEqual(['/a A.all'])
  expect(unresolved.map(({ what, place }) => `${what} ${place.file}:${place.line}`)).toEqual([
    'whether A are mounted main.ts:3',
    'the global prefix main.ts:3',
  ])
})

test('middleware of a module guards the routes it names, and a pipe with a schema checks a body', async () => {
  const root = app(
    `class TokenCheck { use(req, res, next) { if (!req.headers.authorization) throw new UnauthorizedException(); next() } }
     class SchemaPipe { constructor(private schema) {} transform(value) { return this.schema.parse(value) } }
     const Berth = z.object({ name: z.string() })
     class BerthDto extends createZodDto(Berth) {}
     @Controller('berths') class Berths {
       @Get() list() {}
       @Post() add(@Body(new SchemaPipe(Berth)) body: any) {}
       @Post('dto') dto(@Body() body: BerthDto) {}
     }
     @Controller('tide') class Tide { @Get() now() {} }
     @Module({ controllers: [Berths, Tide] })
     class AppModule {
       configure(consumer) { consumer.apply(TokenCheck).exclude('berths/dto').forRoutes(Berths) }
     }
     import { z } from 'zod'
     import { createZodDto, ZodValidationPipe } from 'nestjs-zod'`,
    'app.setGlobalPrefix(app.get(ConfigService).get("PREFIX", "v2")); app.useGlobalPipes(new ZodValidationPipe())',
  )
  expect(await shown(root)).toEqual([
    'GET /v2/berths yes no',
    'POST /v2/berths yes yes',
    'POST /v2/berths/dto no yes',
    'GET /v2/tide no no',
  ])
})

test('schemas of queries, paths, pipes, handlers and answers', async () => {
  const root = app(
    `class Paging { @v.IsInt() @v.Min(1) page: number; @v.IsOptional() @v.IsString() order?: string }
     class Berth { @ApiProperty() id: number }
     class SchemaPipe { constructor(private schema) {} transform(value) { return this.schema.parse(value) } }
     const Name = z.object({ name: z.string() })
     class NameDto extends createZodDto(Name) {}
     @Controller('berths') class Berths {
       @Get() @ApiOkResponse({ type: [Berth] }) list(@Query() query: Paging) {}
       @Get(':id') one(@Param('id', ParseIntPipe) id: number, @Query('deep', new DefaultValuePipe(false), ParseBoolPipe) deep: boolean) {}
       @Post('pipe') pipe(@Body(new SchemaPipe(Name)) body: any) {}
       @Post('pipes') @UsePipes(new SchemaPipe(Name)) pipes(@Body() body: any) {}
       @Post('dto') dto(@Body() body: NameDto) {}
       @Post('own') own(@Body() body: any) { const { name } = Name.parse(body); return name }
       @Post('none') none(@Body() body: any) { return JSON.parse(body.text) }
     }
     @Module({ controllers: [Berths] }) class AppModule {}
     import { DefaultValuePipe, ParseBoolPipe, ParseIntPipe } from '@nestjs/common'
     import { ApiOkResponse } from '@nestjs/swagger'
     import { z } from 'zod'
     import { createZodDto } from 'nestjs-zod'`,
  )
  const { routes } = await read(root)
  const name = { body: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } }
  expect(Object.fromEntries(routes.map(({ path, schemas }) => [path, schemas]))).toEqual({
    '/berths': {
      query: {
        type: 'object',
        properties: { page: { type: 'integer', minimum: 1 }, order: { type: 'string' } },
        required: ['page'],
      },
      responses: {
        200: {
          type: 'array',
          items: { type: 'object', properties: { id: { type: 'number' } }, required: ['id'] },
        },
      },
    },
    '/berths/:id': {
      params: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
      query: { type: 'object', properties: { deep: { type: 'boolean', default: false } } },
    },
    '/berths/pipe': name,
    '/berths/pipes': name,
    '/berths/dto': name,
    '/berths/own': name,
    '/berths/none': undefined,
  })
})
