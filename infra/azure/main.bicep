// The hub on Azure: Container Apps for the roles, PostgreSQL for the record, a storage account for the files.
//
// Not tried on Azure: written after its documentation and compiled without warnings in the tests, which is all that can be shown without a subscription.
//
// Search: Azure has no Elasticsearch of its own, so a cluster is given by its address (Elastic Cloud from the Marketplace, or one that you run);
// the three containers, the database and the files need nothing else from outside.
//
//   az group create --name resourcehub --location chinaeast3
//   az deployment group create --resource-group resourcehub --template-file infra/azure/main.bicep --parameters \
//     image=REGISTRY/resourcehub:0.1.0 elasticsearchNodes=https://… elasticsearchApiKey=… databasePassword=… bootstrapKey=…
//
// Secrets come in as secure parameters, lie in Key Vault, and are read from there by the containers' identity. None is an output.
targetScope = 'resourceGroup'

@description('Begins the names of all resources.')
@minLength(3)
@maxLength(11)
param name string = 'hub'

param location string = resourceGroup().location

@description('The image of infra/Dockerfile, with its version: registry/resourcehub:0.1.0. Never latest.')
param image string

@description('The registry, where it is an Azure one and the containers are to pull by their identity (give it AcrPull there): name.azurecr.io. Empty for one that is open.')
param registry string = ''

@description('Addresses of the Elasticsearch nodes, comma-separated, https.')
param elasticsearchNodes string

@description('An API key of Elasticsearch in its encoded form.')
@secure()
param elasticsearchApiKey string

@description('The password of the hub\'s user of PostgreSQL.')
@secure()
@minLength(16)
param databasePassword string

@description('The operator\'s first key; at least 16 characters. Take it away by another deployment with an empty one once there is a hub admin.')
@secure()
param bootstrapKey string

@description('The name that browsers use, such as https://hub.example.edu.cn. Empty: the address that Container Apps gives, printed as an output.')
param publicAddress string = ''

@description('Sends downloads of what is open to all members straight from storage, by links of some minutes.')
param downloadLinks bool = true

@description('An OpenTelemetry collector; empty for none.')
param otlpEndpoint string = ''

@description('Keeps two of each role and a standby of the database in another zone. Costs about twice as much.')
param highAvailability bool = true

var unique = uniqueString(resourceGroup().id)
var database = 'hub'
var databaseUser = 'hub'

// ---- who the containers are ----

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

// ---- logs ----

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30
  }
}

// ---- the network: the database is reached from inside only ----

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.20.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'containers'
        properties: {
          addressPrefix: '10.20.0.0/23'
          delegations: [
            {
              name: 'containers'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.20.2.0/28'
          delegations: [
            {
              name: 'database'
              properties: {
                serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers'
              }
            }
          ]
        }
      }
    ]
  }

  resource containers 'subnets' existing = {
    name: 'containers'
  }

  resource database 'subnets' existing = {
    name: 'database'
  }
}

resource databaseNames 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${name}.private.postgres.database.azure.com'
  location: 'global'

  resource here 'virtualNetworkLinks' = {
    name: 'here'
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: network.id
      }
    }
  }
}

// ---- the record ----

resource postgres 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-db-${unique}'
  location: location
  sku: {
    name: 'Standard_D2ds_v5'
    tier: 'GeneralPurpose'
  }
  properties: {
    version: '17'
    administratorLogin: databaseUser
    administratorLoginPassword: databasePassword
    storage: {
      storageSizeGB: 64
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: 14
      geoRedundantBackup: 'Disabled'
    }
    highAvailability: {
      mode: highAvailability ? 'ZoneRedundant' : 'Disabled'
    }
    network: {
      delegatedSubnetResourceId: network::database.id
      privateDnsZoneArmResourceId: databaseNames.id
    }
  }
  dependsOn: [
    databaseNames::here
  ]

  resource hub 'databases' = {
    name: database
    properties: {
      charset: 'UTF8'
      // By code points, as SQLite sorts.
      collation: 'C'
    }
  }
}

// ---- the files ----

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: take('${replace(name, '-', '')}${unique}', 24)
  location: location
  kind: 'StorageV2'
  sku: {
    name: highAvailability ? 'Standard_ZRS' : 'Standard_LRS'
  }
  properties: {
    accessTier: 'Hot'
    // By identity only: there is no key that could leak.
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: {
        enabled: true
        days: 14
      }
    }

    resource container 'containers' = {
      name: 'resourcehub'
      properties: {
        publicAccess: 'None'
      }
    }
  }
}

// Reads and writes blobs, and asks for the user delegation key that links to downloads are signed with.
var storageRoles = [
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor
  'db58b8e5-c6ad-4a2a-8342-4190687cbf4a' // Storage Blob Delegator
]

resource mayStore 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in storageRoles: {
  scope: storage
  name: guid(storage.id, identity.id, role)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

// ---- the secrets ----

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}-${unique}', 24)
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 30
  }

  resource databaseSecret 'secrets' = {
    name: 'database-password'
    properties: {
      value: databasePassword
    }
  }

  resource elasticsearchSecret 'secrets' = {
    name: 'elasticsearch-api-key'
    properties: {
      value: elasticsearchApiKey
    }
  }

  resource bootstrapSecret 'secrets' = {
    name: 'bootstrap-key'
    properties: {
      value: bootstrapKey
    }
  }
}

resource mayReadSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, 'secrets')
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6') // Key Vault Secrets User
  }
}

// ---- the processes ----

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    vnetConfiguration: {
      infrastructureSubnetId: network::containers.id
    }
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
    zoneRedundant: highAvailability
  }
}

var origin = empty(publicAddress) ? 'https://${name}.${environment.properties.defaultDomain}' : publicAddress

// What each role is told is in role.bicep; here only how they differ.
var common = {
  name: name
  location: location
  image: image
  registry: registry
  identityId: identity.id
  environmentId: environment.id
  vaultUri: vault.properties.vaultUri
  settings: concat([
    { name: 'Hub__PublicAddress', value: origin }
    // Container Apps' own proxy comes from inside the network.
    { name: 'Hub__TrustedProxies', value: '127.0.0.0/8,::1,10.20.0.0/16,100.100.0.0/16' }
    { name: 'Hub__LeaveSeconds', value: '5' }
    { name: 'Hub__DrainSeconds', value: '20' }
    { name: 'Hub__Database', value: 'postgres' }
    { name: 'Hub__Postgres__ConnectionString', value: 'Host=${postgres.properties.fullyQualifiedDomainName};Database=${database};Username=${databaseUser};SSL Mode=VerifyFull' }
  ], empty(otlpEndpoint) ? [] : [
    { name: 'Hub__Telemetry__OtlpEndpoint', value: otlpEndpoint }
  ])
}

var record = [
  { name: 'Hub__Search', value: 'elasticsearch' }
  { name: 'Hub__Elasticsearch__Nodes', value: elasticsearchNodes }
  { name: 'Hub__Elasticsearch__ApiKey', secretRef: 'elasticsearch-api-key' }
  { name: 'Hub__Blobs', value: 'azure' }
  { name: 'Hub__Azure__Account', value: storage.properties.primaryEndpoints.blob }
  { name: 'Hub__Azure__IdentityClientId', value: identity.properties.clientId }
  { name: 'Hub__Azure__Container', value: storage::blobs::container.name }
  { name: 'Hub__Azure__Links', value: string(downloadLinks) }
  { name: 'Hub__BootstrapKey', secretRef: 'bootstrap-key' }
]

var least = highAvailability ? 2 : 1

module api 'role.bicep' = {
  name: '${name}-api'
  params: {
    common: common
    role: 'Api'
    extra: record
    secrets: ['database-password', 'elasticsearch-api-key', 'bootstrap-key']
    cpu: '1.0'
    memory: '2Gi'
    least: least
    most: 10
    rule: {
      name: 'requests'
      http: {
        metadata: {
          concurrentRequests: '80'
        }
      }
    }
    ingress: true
  }
  dependsOn: [
    mayReadSecrets
    mayStore
    postgres::hub
  ]
}

module indexer 'role.bicep' = {
  name: '${name}-indexer'
  params: {
    common: common
    role: 'Indexer'
    extra: record
    secrets: ['database-password', 'elasticsearch-api-key', 'bootstrap-key']
    // Reading files costs processor and memory: up to 768 MB for each reader.
    cpu: '2.0'
    memory: '4Gi'
    least: least
    most: 6
    rule: {
      name: 'processor'
      custom: {
        type: 'cpu'
        metadata: {
          type: 'Utilization'
          value: '70'
        }
      }
    }
    ingress: false
  }
  dependsOn: [
    mayReadSecrets
    mayStore
    postgres::hub
  ]
}

module web 'role.bicep' = {
  name: '${name}-web'
  params: {
    common: common
    role: 'Web'
    extra: [
      { name: 'Hub__ApiAddress', value: 'https://${api.outputs.host}' }
    ]
    secrets: ['database-password']
    cpu: '0.5'
    memory: '1Gi'
    least: least
    most: 10
    rule: {
      name: 'requests'
      http: {
        metadata: {
          concurrentRequests: '80'
        }
      }
    }
    ingress: true
  }
  dependsOn: [
    mayReadSecrets
    postgres::hub
  ]
}

// One origin for browsers: pages, /graphql, /uploads, /files, /agreements, /audit.csv and /accounts under one address, so that one session cookie reaches all of them.
resource door 'Microsoft.App/managedEnvironments/httpRouteConfigs@2025-07-01' = {
  parent: environment
  name: name
  properties: {
    rules: [
      {
        description: 'what programs and browsers ask the API for'
        routes: [for path in ['/graphql', '/uploads', '/files', '/agreements', '/accounts']: {
          match: {
            pathSeparatedPrefix: path
          }
        }]
        targets: [
          {
            containerApp: api.outputs.name
          }
        ]
      }
      {
        description: 'the audit log as a table, chosen resources as one file'
        routes: [
          {
            match: {
              path: '/resources.zip'
            }
          }
          {
            match: {
              path: '/audit.csv'
            }
          }
        ]
        targets: [
          {
            containerApp: api.outputs.name
          }
        ]
      }
      {
        description: 'pages'
        routes: [
          {
            match: {
              prefix: '/'
            }
          }
        ]
        targets: [
          {
            containerApp: web.outputs.name
          }
        ]
      }
    ]
  }
}

@description('Where browsers and portals reach the hub, until a name of your own is bound to it.')
output address string = 'https://${door.properties.fqdn}'
