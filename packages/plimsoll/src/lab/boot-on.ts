import { type Boot, type BootOptions, bootApp } from './boot/boot-app.ts'
import type { Place } from './boot/find-port.ts'
import { choosePorts } from './boot/port-plan.ts'
import { type BootedTarget, createTarget } from './boot/target.ts'
import { bootFault, type FailedBoot, readVariables } from './failure/boot-fault.ts'
import { laterTimeoutMs, type Rehearsed } from './rehearse.ts'
import { environmentOf, type Reach, type Scene } from './scene.ts'

/** A port chosen as free may be taken before the app binds it: then another one is tried. */
const BOOT_TRIES = 2

export type Now = { nowMs(): number; sleep(ms: number): Promise<void> }

/** An app that has just been booted as it will be again and again, still running. */
export type Running = {
  boot: Extract<Boot, { outcome: 'ready' }>
  options: BootOptions
  reaches: readonly Reach[]
  /** what each port variable was told */
  ports: ReadonlyMap<string, number>
  now: Now
}

export type Booted = {
  target: BootedTarget
  place: Place
  /** boots it again on the same port, so that it finds its stores where these reaches say */
  moveTo(reaches: readonly Reach[]): Promise<void>
}

const faultOf = (
  scene: Scene,
  { plan, ports, readyMs }: Rehearsed,
  failed: FailedBoot,
  env: Readonly<Record<string, string>>,
) =>
  bootFault(failed, {
    workshop: scene.workshop,
    command: plan.shown,
    env,
    timeoutMs: laterTimeoutMs(scene, { readyMs }),
    portNames: ports.names,
    variables: readVariables(scene.workshop.service, env),
  })

/** Takes an app over that is running already. */
export const takeOver = (scene: Scene, rehearsed: Rehearsed, running: Running): Booted => {
  const { boot, options, ports } = running
  const target = createTarget(boot, options)
  return {
    target,
    place: boot.place,
    moveTo: async (reaches) => {
      const { env } = environmentOf(scene, rehearsed.mode, reaches, ports)
      for (let tries = 1; ; tries += 1) {
        const again = await target.reboot(env)
        options.signal.throwIfAborted()
        if (again.outcome === 'ready') return
        const failed = faultOf(scene, rehearsed, again, env)
        if (failed.code !== 'E_PORT_TAKEN' || tries === BOOT_TRIES) throw failed
      }
    },
  }
}

/** Boots the app as it was rehearsed. Throws what stopped it: E_TARGET_NOT_READY, E_PORT_TAKEN, E_STEP_FAILED. */
export const bootOn = async (
  scene: Scene,
  rehearsed: Rehearsed,
  reaches: readonly Reach[],
  now: Now,
  signal: AbortSignal,
): Promise<Booted> => {
  const { workshop, config } = scene
  const { plan, mode, checks } = rehearsed
  for (let tries = 1; ; tries += 1) {
    const ports = await choosePorts(rehearsed.ports)
    const { env } = environmentOf(scene, mode, reaches, ports.env)
    const options = {
      ...{ supervisor: workshop.confinement.supervisor, plan, env, told: ports.told, checks },
      ...{ headers: config.headers ?? {}, timeoutMs: laterTimeoutMs(scene, rehearsed), signal },
      ...{ nowMs: now.nowMs, sleep: now.sleep },
    }
    const boot = await bootApp(options)
    if (boot.outcome === 'ready')
      return takeOver(scene, rehearsed, { boot, options, reaches, ports: ports.env, now })
    await boot.supervised.kill()
    signal.throwIfAborted()
    const failed = faultOf(scene, rehearsed, boot, env)
    if (failed.code !== 'E_PORT_TAKEN' || rehearsed.ports.fixed !== null || tries === BOOT_TRIES) throw failed
  }
}
