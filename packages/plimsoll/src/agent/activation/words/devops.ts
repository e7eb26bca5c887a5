import { lean, type Phrases } from './lean.ts'

/** Tools and platforms by their names. */
const TOOLS = `docker compose, compose file, compose, compose.yaml, docker, docker file, dockerfile, dockerignore, docker image, dockerize,
  dockerise, containerize, containerise, podman, buildx, buildkit, bake, docker bake, kubernetes, k8s, kubectl, minikube,
  kustomize, helm, helm chart, argo, argocd, gitops, terraform, opentofu, pulumi, ansible, cloudformation, packer, vagrant,
  github action, github actions, gitlab ci, jenkins, circleci, travis, buildkite, drone ci, tekton, ci/cd, cicd, ci pipeline,
  nginx, caddy, haproxy, traefik, envoy, istio, linkerd, ingress, prometheus, grafana, loki, promtail, jaeger, alertmanager,
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
  init container, healthcheck, health check, restart policy, depends on, bind mount, named volume, persistent volume,
  reverse proxy, load balancer, sticky session, service mesh, tls termination, certificate, tls certificate, wildcard certificate,
  certificate renewal, dns, dns record, domain name, subdomain, preview deployment, preview environment, preview environments, staging environment, production environment, environment per branch, environment variables in ci, secrets in ci,
  infrastructure as code, infrastructure, infra, remote state, alert rule, alerting rule, alerting, recording rule, scrape,
  scrape config, metrics endpoint for prometheus, log aggregation, log shipping, log rotation, logrotate, uptime, uptime check,
  on call, oncall, pager, runbook, postmortem, slo, error budget, backup job, nightly backup, nightly dump, backup, backups, restore test, disaster recovery, failover, blue green, canary release, canary deployment, rolling update, rolling deployment, rollout,
  zero downtime, rollback the deployment, roll back the release, graceful rollout, source map, source maps upload, provisioned dashboard,
  e2e job, shard, shards, flaky job, smoke test job, pipeline fails, build fails in ci, fails in ci, red in ci, release train, changelog release`

const VERBS = `deploy, deployment, redeploy, provision, publish the image, push the image, publish the package, publish to npm,
  ship the logs, ship logs, alert us, alert me, page us, page me, page whoever, page someone, page somebody, page the on call,
  bump the image, bump the base, pin all, pin the image, pin the version, pin image, pin the action, spin up, tear down, torn down, roll out,
  on every tag, on every push, on every merge, on every commit, on each push, on each pull request, on every pull request,
  on each pr, on every pr, on pull requests, on merge, on push, upon each push, per pull request, for each pull request, every pr,
  after a manual approval, manual approval, compose up, docker run, docker build, ship metrics, restart automatically, scale to zero,
  host it, self host, run it in production, run behind, put behind, merge to master, merge to main, push to main, push to master`

/** Where things run, and how they get there. */
const PLACES = `macvlan, subnet, firewall rule, ssh key, bastion, ubuntu, debian, vps, virtual machine, playbook, values file, helm values, taint, toleration, node affinity, crd, kubeconfig, cronjob manifest, argo rollouts, preview url, branch deploy, turbo cache, nx cloud,
  cache dependencies, caching the dependencies, dependency cache, npm ci, upload artifact, upload the artifact, codecov, coverage report in ci, cosign, signed image, sign the image, provenance, slsa, out of support, orchestrator, swarm, docker swarm, access logs, disk full, syslog, journald,
  uptime kuma, healthz, vhost, nginx site, letsencrypt, redirects for the single page, netlify config, makefile, justfile, devcontainer, dev container, tilt, skaffold, release candidate, hotfix branch, branch protection, codeowners, merge queue, on the host, on a server of ours, on our server,
  bare metal, python 3.13, python 3.12, node 20, node 22, node 24, java 21, java 25, go 1.24, raspberry pi, edge node, multi region, failover, standby, replica set up, dumps to, restore from, restore them, dashboards as code, as code, error rate, saturation alert, metrics stack, log level in production, env file for, environment file, secret store, config map,
  concurrency group, cancel in progress, cron trigger, workflow dispatch, path filter, only run when, skip ci, runs on every, parallel jobs, jobs that run, job in ci, ci job, ci time, build minutes, pipeline minutes, self hosted runner, deployment key, deploy key, registry cleanup, image cleanup, tag it with, tagged with the`

export const DEVOPS: Phrases = [
  ...lean({ devops: 4 }, PLACES),
  ...lean({ devops: 5 }, TOOLS),
  ...lean({ devops: 4.5 }, ARTIFACTS),
  ...lean({ devops: 4 }, VERBS),
  ...lean(
    { devops: 3.5 },
    ` pipeline, ci, cd, workflow, cluster, monitoring, observability, alert, alarm, dashboards, registry,
     hosting, yaml, datasource, provisioned, scale out, mount, exporter, gitlab, kubernetes secret, k3s, lint job, logs to stdout, in the container, in the image, docker network, on one network, self signed certificate, https redirect, before the new version, gets traffic, memory limit, dev server in the container, pre commit, husky, lint staged, cache volume, loses its data, lockfile in ci, end of life, eol, digest,
     matrix, bake file, bootstrap script, node version, java version, base os`,
  ),
  ...lean(
    { devops: 1.5 },
    'image, images, lint, type check, nightly, weekly, build, builds, environment, server setup, version bump, env file, env var, environment variable, prod, production, sha, bump, pin, upgrade, port',
  ),
  ...lean(
    { devops: 3 },
    'volume, container, staging environment, retention, host, grafana tempo, fluxcd, drain connections, drain the',
  ),
  ...lean({ devops: 2 }, 'staging, on staging, release, slim, every hour, region'),
  ...lean({ devops: 0.75 }, 'tag'),
  ...lean(
    { devops: 4 },
    `env variables, env vars, rsync, scp, copied off, off the machine, offsite, off site, restore drill, pg_restore,
     aks, openshift, nomad, consul, compose profile, override file, compose override, proxy_pass, location block,
     upstream block, port mapping, restart loop, crash loop, crashloop, crashloopbackoff, container exits,
     base images, build args, build arg, registry, semver tag, release process, attestation, attestations, sigstore,
     cache key, runners, github secrets, repo secrets, assume role, cronjob, k8s job, helm hook, initcontainer,
     sidecars, service monitor, servicemonitor, podmonitor, kube, topology spread, pdb, poddisruptionbudget,
     networkpolicy, network policy, ingressclass, histogram buckets, dashboards json, dashboard json, alert rules,
     mail receiver, burn rate, logging driver, log files of the containers, crontab, timer unit, systemd unit,
     golden image, ami, tfstate, state bucket, env per branch, feature environments, staging server, prod server,
     promote to, roll back, rollback to, maintenance window, vercel.json, railway, github pages, gh pages,
     gitlab pages, cdn config, bucket, s3 sync, cache invalidation of the cdn, build is red, red build,
     coverage gate, required checks, block merging, block the merge, before merge, lint in ci, affected projects,
     frozen lockfile, nvmrc, jdk, temurin, buildpacks, paketo, native image, graalvm, jib, oci image,
     upload artifact, download artifact, homebrew, package for debian, second server, another box, another machine,
     our vps, our vm, preview deploy, for forks, from forks, renovate can, compose files, gitlab mirror,
     backup script, from a tag, pushed to ghcr, cert, certs, ssl certificate, port is taken, port conflict`,
  ),
  ...lean(
    { devops: 2.5 },
    `ssh, snapshot, snapshots, machine, vm, cloud, on prem, ssl, mounts, volumes, publish, publishes, publish job, jobs, provisions, autostart, reboot, flaky, demo instance, node 18, upgrade node, python version, rolled out,
     fork, forks, rebuild, rebuilt, main branch, self hosted, drill`,
  ),
  ...lean({ devops: 2.5 }, 'https'),
  ...lean({ devops: 1 }, 'job, layers, labels'),
  ...lean(
    { devops: 3.5 },
    'on vercel, to vercel, on netlify, to netlify, on heroku, own domain, gpu, kubernetes namespace',
  ),
  ...lean({ devops: 2 }, 'namespace, on demand'),
  ...lean({ devops: 1.5 }, 'disk, vercel, netlify'),
  ...lean({ devops: 1.5 }, 'restore'),
  ...lean({ devops: 2.5 }, ''),
]
