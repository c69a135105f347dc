// One role of the hub as a container app: the same image, told what it is by its settings.
@description('What all roles have in common; main.bicep says it.')
param common object

@description('Api, Indexer or Web.')
param role string

@description('Settings of this role beside the common ones.')
param extra array

@description('Names of secrets in the vault that it reads; no more than it needs.')
param secrets array

param cpu string
param memory string
param least int
param most int

@description('When another one is started.')
param rule object

@description('Whether it takes requests.')
param ingress bool

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: '${common.name}-${toLower(role)}'
  location: common.location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${common.identityId}': {}
    }
  }
  properties: {
    environmentId: common.environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      registries: empty(common.registry) ? [] : [
        {
          server: common.registry
          identity: common.identityId
        }
      ]
      secrets: [for secret in secrets: {
        name: secret
        keyVaultUrl: '${common.vaultUri}secrets/${secret}'
        identity: common.identityId
      }]
      ingress: ingress ? {
        // The routes of main.bicep lead here; a role alone is no hub.
        external: true
        targetPort: 8080
        transport: 'auto'
        allowInsecure: false
      } : null
    }
    template: {
      // The host ends what runs within 30 seconds of being told to stop.
      terminationGracePeriodSeconds: 40
      containers: [
        {
          name: 'hub'
          image: common.image
          resources: {
            cpu: json(cpu)
            memory: memory
          }
          env: concat([
            { name: 'Hub__Roles', value: role }
            { name: 'Hub__Postgres__Password', secretRef: 'database-password' }
          ], common.settings, extra)
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/health/live'
                port: 8080
              }
              periodSeconds: 5
              failureThreshold: 60
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/health/live'
                port: 8080
              }
              periodSeconds: 15
              timeoutSeconds: 5
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/health/ready'
                port: 8080
              }
              periodSeconds: 5
              timeoutSeconds: 5
            }
          ]
          volumeMounts: [
            {
              volumeName: 'data'
              mountPath: '/data'
            }
          ]
        }
      ]
      // Nothing that must be kept: the record, the index and the files are elsewhere. Pieces and copies on their way through.
      volumes: [
        {
          name: 'data'
          storageType: 'EmptyDir'
        }
      ]
      scale: {
        minReplicas: least
        maxReplicas: most
        rules: [
          rule
        ]
      }
    }
  }
}

output name string = app.name
output host string = ingress ? app.properties.configuration.ingress.fqdn : ''
