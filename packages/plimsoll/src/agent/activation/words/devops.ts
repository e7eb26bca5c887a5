import { lean, type Phrases } from './lean.ts'

/** Tools and platforms by their names. */
const TOOLS = `docker compose, compose file, compose.yaml, docker, docker file, dockerfile, dockerignore, docker image, dockerize,
  dockerise, containerize, containerise, podman, buildx, buildkit, bake, docker bake, kubernetes, k8s, kubectl, minikube,
  kustomize, helm, helm chart, argo, argocd, flux, gitops, terraform, opentofu, pulumi, ansible, cloudformation, packer, vagrant,
  github action, github actions, gitlab ci, jenkins, circleci, travis, buildkite, drone ci, tekton, ci/cd, cicd, ci pipeline,
  nginx, caddy, haproxy, traefik, envoy, istio, linkerd, ingress, prometheus, grafana, loki, promtail, tempo, jaeger, alertmanager,
  opentelemetry collector, otel collector, fluentd, fluent bit, logstash, kibana, elk, filebeat, datadog, new relic, sentry release,
  node exporter, blackbox exporter, cadvisor, statsd, cloudwatch, aws, gcp, azure, hetzner, digitalocean, ecs, eks, gke, fargate,
  lambda deploy, cloud run, app engine, fly.io, heroku, render.com, vercel deploy, netlify, cloudfront, route53, vpc, iam, s3 bucket,
  s3, ecr, ghcr, docker hub, dockerhub, container registry, artifactory, systemd, supervisor, pm2, cron on the host, crontab on the host,
  dependabot, renovate, semantic release, release please, changesets, goreleaser, vault, sops, sealed secrets, external secrets,
  secrets manager, certbot, let's encrypt, lets encrypt, cert manager, acme, pg_dump, pgbackrest, wal archiving, velero, restic,
  pagerduty, opsgenie, statuspage, watchtower, portainer, hadolint, actionlint, act runner, oidc, workload identity`

/** What is built, kept and watched. */
const ARTIFACTS = `ci pipeline, deployment pipeline, release pipeline, build pipeline, workflow file, build workflow, release workflow,
  deploy workflow, test workflow, workflow run, reusable workflow, composite action, matrix build, build matrix, nightly build,
  pr build, pr check, status check, required check, runner, self hosted, build cache, layer cache, cache layers, artifact,
  build artifact, docker layer, multi stage, multi stage build, base image, image size, image tag, image version, smaller image,
  alpine image, slim image, distroless, node image, python image, non root user, entrypoint, cmd instruction, multi arch, multi platform,
  arm64, amd64, linux/arm64, git sha, release tag, tag the release, release notes automation, manifest for kubernetes, kubernetes manifest,
  deployment manifest, stateful set, statefulset, daemonset, configmap, pod, pods, replicas, replica count, node pool, namespace quota,
  horizontal pod autoscaler, hpa, autoscaler, autoscaling, pod disruption budget, resource limit, resource limits, resource request,
  liveness, readiness, liveness probe, readiness probe, startup probe, prestop hook, grace period, termination grace, sidecar,
  init container, healthcheck, health check, restart policy, depends on, bind mount, named volume, persistent volume, volume,
  reverse proxy, load balancer, sticky session, service mesh, tls termination, certificate, tls certificate, wildcard certificate,
  certificate renewal, dns, dns record, domain name, subdomain, preview deployment, preview environment, preview environments,
  staging, staging environment, production environment, environment per branch, environment variables in ci, secrets in ci,
  infrastructure as code, infrastructure, infra, remote state, alert rule, alerting rule, alerting, recording rule, scrape,
  scrape config, metrics endpoint for prometheus, log aggregation, log shipping, log rotation, logrotate, uptime, uptime check,
  on call, oncall, pager, runbook, postmortem, slo, error budget, backup job, nightly backup, nightly dump, backup, backups, restore test,
  retention, disaster recovery, failover, blue green, canary release, canary deployment, rolling update, rolling deployment, rollout,
  zero downtime, rollback the deployment, roll back the release, drain, graceful rollout, source map, source maps upload, provisioned dashboard,
  e2e job, shard, shards, flaky job, smoke test job, pipeline fails, build fails in ci, fails in ci, red in ci, release train, changelog release`

const VERBS = `deploy, deployment, redeploy, provision, publish the image, push the image, publish the package, publish to npm,
  ship the logs, ship logs, alert us, alert me, page us, page me, page whoever, page someone, page somebody, page the on call,
  bump the image, bump the base, pin all, pin the image, pin the version, pin image, pin the action, spin up, tear down, torn down, roll out,
  on every tag, on every push, on every merge, on every commit, on each push, on each pull request, on every pull request,
  on each pr, on every pr, on pull requests, on merge, on push, upon each push, per pull request, for each pull request, every pr,
  after a manual approval, manual approval, compose up, docker run, docker build, ship metrics, restart automatically, scale to zero,
  host it, self host, run it in production, run behind, put behind, merge to master, merge to main, push to main, push to master`

export const DEVOPS: Phrases = [
  ...lean({ devops: 5 }, TOOLS),
  ...lean({ devops: 4.5 }, ARTIFACTS),
  ...lean({ devops: 4 }, VERBS),
  ...lean(
    { devops: 3.5 },
    `container, compose, pipeline, ci, cd, workflow, cluster, monitoring, observability, alert, alarm, dashboards, registry, release,
     hosting, host, yaml, datasource, provisioned, scale out, mount, exporter, gitlab, kubernetes secret, k3s, lint job, logs to stdout, in the container, in the image, docker network, on one network, self signed certificate, https redirect, before the new version, gets traffic, memory limit, dev server in the container, pre commit, husky, lint staged, cache volume, loses its data, lockfile in ci, end of life, eol, digest,
     matrix, bake file, bootstrap script, node version, java version, base os`,
  ),
  ...lean(
    { devops: 1.5 },
    'image, images, lint, type check, nightly, weekly, build, builds, environment, server setup, version bump, env file, env var, environment variable, prod, production, sha, tag, bump, pin, upgrade, port',
  ),
]
