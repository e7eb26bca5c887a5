import { stringify } from 'yaml'
import { defineHandoff, type HandoffInput } from '../define.ts'
import { healthOf, portOf, slugOf, sourceLine, variablesOf } from '../facts.ts'

const GRACE_SECONDS = 30

const environmentOf = ({ service }: HandoffInput, name: string) => {
  const { port, env } = portOf(service)
  return [
    ...(env === null ? [] : [{ name: env, value: String(port) }]),
    ...variablesOf(service).map(({ name: variable, secret, default: fallback }) =>
      secret || fallback === null
        ? { name: variable, valueFrom: { secretKeyRef: { name, key: variable } } }
        : { name: variable, value: fallback },
    ),
  ]
}

const probesOf = ({ service }: HandoffInput) => {
  const { port } = portOf(service)
  const { ready, live } = healthOf(service)
  const asking = (path: string | null) =>
    path === null ? { tcpSocket: { port } } : { httpGet: { path, port } }
  return {
    startupProbe: { ...asking(live ?? ready), periodSeconds: 2, failureThreshold: 60 },
    readinessProbe: { ...asking(ready ?? live), periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 2 },
    // What is restarted when its database is away is restarted for nothing: liveness asks the process alone.
    livenessProbe: { ...asking(live), periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 6 },
  }
}

/** The most memory that a soak saw, in MB; null where none was run. */
const soakedMb = ({ run }: HandoffInput): number | null => {
  const values = (run?.verdicts ?? [])
    .flatMap(({ evidence }) => evidence)
    .flatMap((each) => (each.kind === 'course' ? each.course.series : []))
    .filter(({ name, unit }) => /memory/i.test(name) && unit === 'MB')
    .flatMap((series) => series.values.filter((value) => value !== null))
  return values.length === 0 ? null : Math.max(...values)
}

const STEP_MIB = 64

const resourcesOf = (input: HandoffInput) => {
  const most = soakedMb(input)
  const mebibytes = most === null ? 256 : Math.ceil((most * 1.25) / STEP_MIB) * STEP_MIB
  return { requests: { cpu: '250m', memory: `${mebibytes}Mi` }, limits: { memory: `${mebibytes * 2}Mi` } }
}

const deployment = (input: HandoffInput, name: string) => {
  const { port } = portOf(input.service)
  const labels = { 'app.kubernetes.io/name': name }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas: 2,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: GRACE_SECONDS,
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name,
              image: `registry.example.com/${name}:replace-with-a-version`,
              ports: [{ name: 'http', containerPort: port }],
              env: environmentOf(input, name),
              // Endpoints are taken away while the process ends; until then it is still sent requests.
              lifecycle: { preStop: { sleep: { seconds: 5 } } },
              ...probesOf(input),
              resources: resourcesOf(input),
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
            },
          ],
          volumes: [{ name: 'tmp', emptyDir: {} }],
        },
      },
    },
  }
}

const others = (input: HandoffInput, name: string) => {
  const labels = { 'app.kubernetes.io/name': name }
  const secrets = variablesOf(input.service).filter(
    ({ secret, default: fallback }) => secret || fallback === null,
  )
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels },
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name, labels },
      spec: { minAvailable: 1, selector: { matchLabels: labels } },
    },
    ...(secrets.length === 0
      ? []
      : [
          {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name, labels },
            type: 'Opaque',
            stringData: Object.fromEntries(secrets.map(({ name: variable }) => [variable, 'REPLACE_ME'])),
          },
        ]),
  ]
}

const migration = (input: HandoffInput, name: string) => {
  const apply = input.service.migrations.find((each) => each.apply !== null && each.atStart !== true)?.apply
  if (apply == null) return []
  return [
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: `${name}-migrate` },
      spec: {
        backoffLimit: 2,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [
              {
                name: 'migrate',
                image: `registry.example.com/${name}:replace-with-a-version`,
                command: ['sh', '-c', apply.command],
                env: environmentOf(input, name),
              },
            ],
          },
        },
      },
    },
  ]
}

const notes = (input: HandoffInput): string[] => {
  const { run, service } = input
  const memory = soakedMb(input)
  const { ready } = healthOf(service)
  const shutdown = run?.verdicts.find(
    ({ probe, status }) => probe === 'graceful-shutdown' && status === 'refuted',
  )
  return [
    memory === null
      ? 'Memory and processor are guesses: "plimsoll prove --soak 10m" measures them.'
      : `Memory asked for is a quarter more than the most that Run ${run?.id} saw (${Math.round(memory)} MB); the processor is a guess.`,
    ...(ready === null
      ? ['No readiness route was found: the liveness route, or the port, stands in for it.']
      : []),
    ...(shutdown === undefined ? [] : [`Rolling updates lose requests: ${shutdown.title} (${shutdown.id}).`]),
  ]
}

const make = (input: HandoffInput): string => {
  const name = slugOf(input.service)
  const head = [sourceLine(input), ...notes(input)].map((line) => `# ${line}`).join('\n')
  const documents = [deployment(input, name), ...others(input, name), ...migration(input, name)]
  return `${head}\n${documents.map((each) => stringify(each, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n')}`
}

export default defineHandoff({
  id: 'kubernetes',
  title: 'Kubernetes manifests with probes',
  for: 'devops',
  make: (input) => [{ path: 'kubernetes.yaml', text: make(input) }],
})
