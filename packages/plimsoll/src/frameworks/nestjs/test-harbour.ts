/** An app with one of everything that changes where a route is served: file -> text. */
export const harbour: Record<string, string> = {
  'names.ts': `
    export enum Area { Ships = 'ships', Crew = 'crew' }
    export const BASE = 'fleet'
    export const ROUTES = { root: 'docks', one: ':id', list: ['a', 'b'] } as const
    export const under = (name: string) => \`\${BASE}/\${name}\``,
  'guards.ts': `
    import { CanActivate, ExecutionContext, Injectable, UnauthorizedException, mixin, Type } from '@nestjs/common'
    import { Reflector } from '@nestjs/core'
    @Injectable()
    export class TokenGuard implements CanActivate {
      constructor(private readonly reflector: Reflector) {}
      canActivate(context: ExecutionContext): boolean {
        const isPublic = this.reflector.getAllAndOverride<boolean>('isPublic', [context.getHandler(), context.getClass()])
        if (isPublic) return true
        const request = context.switchToHttp().getRequest()
        if (!request.headers.authorization) throw new UnauthorizedException()
        return true
      }
    }
    export const Roles = Reflector.createDecorator<string[]>()
    @Injectable()
    export class RolesGuard implements CanActivate {
      constructor(private readonly reflector: Reflector) {}
      canActivate(context: ExecutionContext): boolean {
        const roles = this.reflector.get(Roles, context.getHandler())
        if (!roles) return true
        const { user } = context.switchToHttp().getRequest()
        return roles.includes(user?.role)
      }
    }
    export const ScopeGuard = (scope: string): Type<CanActivate> => {
      class Mixed implements CanActivate {
        canActivate(context: ExecutionContext) {
          return context.switchToHttp().getRequest().user?.scopes.includes(scope)
        }
      }
      return mixin(Mixed)
    }`,
  'decorators.ts': `
    import { applyDecorators, Controller, Get, SetMetadata, UseGuards, Version } from '@nestjs/common'
    import { TokenGuard } from './guards'
    export const Public = () => SetMetadata('isPublic', true)
    export const Listing = (path: string) => applyDecorators(Get(path), Public(), Version('3'))
    export const Secured = (path: string) => applyDecorators(Controller(path), UseGuards(TokenGuard))`,
  'crud.ts': `
    import { Get, Post, Delete, Put } from '@nestjs/common'
    export abstract class Crud {
      @Get() list() { return [] }
      @Get('x/:id') one() { return {} }
      @Post() add() { return {} }
      @Delete(':id') drop() { return {} }
    }
    export const Putting = (path: string) => {
      abstract class Host { @Put(path) put() { return {} } }
      return Host
    }`,
  'controllers.ts': `
    import { All, Body, Controller, Get, Head, Options, Patch, Post, RequestMapping, RequestMethod, Search, Sse, UseGuards, Version, VERSION_NEUTRAL } from '@nestjs/common'
    import { EMPTY } from 'rxjs'
    import * as nest from '@nestjs/common'
    import { Crud, Putting } from './crud'
    import { Listing, Public, Secured } from './decorators'
    import { RolesGuard, Roles, ScopeGuard, TokenGuard } from './guards'
    import { Area, BASE, ROUTES, under } from './names'

    @Controller(Area.Ships) @UseGuards(TokenGuard)
    export class ShipsController extends Crud {
      @Public() @Get('open') open() { return 1 }
      drop() { return {} }
    }
    @Controller({ path: [BASE, under('other')], version: '1' })
    export class FleetController { @Get(ROUTES.list as any) many() { return 1 } @Version(['1', '2']) @Get(ROUTES.one) one() { return 1 } @Listing('l') l() { return 1 } }
    @Controller({ path: 'health', version: VERSION_NEUTRAL })
    export class HealthController { @Get() ok() { return 1 } @Head('h') h() {} @Get('live') live() { return 1 } }
    @Secured('vault')
    export class VaultController { @All('any') any() {} @Options('o') o() {} @Search('s') s() {} @Sse('events') e() { return EMPTY } @RequestMapping({ path: ['r1', 'r2'], method: RequestMethod.PATCH }) r() {} }
    @Controller('put')
    export class PutController extends Putting('some/:key') { @Post('/slashes/') slashes() {} }
    @nest.Controller('roles')
    @UseGuards(RolesGuard)
    export class RolesController { @Roles(['admin']) @Get('admin') admin() {} @Get('all') all() {} @UseGuards(ScopeGuard('x')) @nest.Patch('scoped/:id') scoped() {} }
    @Controller('inner')
    export class InnerController { @Get() inner() {} @Post('x') x(@Body() body: any) {} }
    @Controller('child')
    export class ChildController { @Get() child() {} }
    @Controller('dynamic')
    export class DynamicController { @Get() d() {} }
    @Controller('built')
    export class BuiltController { @Get() d() {} }
    @Controller('late')
    export class LateController { @Get() late() {} }
    @Controller('never')
    export class NeverController { @Get() never() {} }
    @Controller()
    export class RootController { @Get() root() {} @Get('excluded/:id/*rest') wild() {} @Post('posted') posted() {} @Get('posted') got() {} }`,
  'app.module.ts': `
    import { ConfigurableModuleBuilder, DynamicModule, forwardRef, Module } from '@nestjs/common'
    import { RouterModule } from '@nestjs/core'
    import * as c from './controllers'
    const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<{ a: number }>().setClassMethodName('register').build()
    @Module({ controllers: [c.BuiltController] }) export class BuiltModule extends ConfigurableModuleClass {
      static register(options: { a: number }): DynamicModule { return { ...super.register(options), controllers: [c.LateController] } }
    }
    @Module({ controllers: [c.ChildController] }) export class ChildModule {}
    @Module({ controllers: [c.InnerController] }) export class InnerModule {}
    @Module({})
    export class DynModule { static forRoot(on: boolean): DynamicModule { return { module: DynModule, controllers: on ? [c.DynamicController] : [] } } }
    @Module({
      imports: [
        forwardRef(() => InnerModule), ChildModule, DynModule.forRoot(true), BuiltModule.register({ a: 1 }),
        RouterModule.register([{ path: 'admin', module: InnerModule, children: [{ path: 'deep', module: ChildModule }] }]),
      ],
      controllers: [c.ShipsController, c.FleetController, c.HealthController, c.VaultController, c.PutController, c.RolesController, c.RootController],
    })
    export class AppModule {}`,
  'main.ts': `
    import { NestFactory } from '@nestjs/core'
    import { RequestMethod, VersioningType } from '@nestjs/common'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule, { logger: ['error'] })
      app.setGlobalPrefix('api', { exclude: ['health', 'excluded/*rest', { path: 'posted', method: RequestMethod.POST }] })
      app.enableVersioning({ type: VersioningType.URI, defaultVersion: '7' })
      await app.listen(0)
    }
    bootstrap()`,
}
