using ResourceHub.Host;

var app = HubHost.Build(args);
await app.RunAsync();
