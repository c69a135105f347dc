using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Comparison;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Duplicates;
using ResourceHub.Core.Files;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Keys;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Search;
using ResourceHub.Core.Search.Understanding;

namespace ResourceHub.Core;

public static class CoreServices
{
    public static IServiceCollection AddCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditReading>();
        services.AddSingleton<ChangeSignal>();
        services.AddSingleton<ChangeDesk>();
        services.AddSingleton<ChangeCursors>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<Viewers>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<Membership>();
        services.AddSingleton<SchoolProfile>();
        services.AddSingleton<ResourceDesk>();
        services.AddSingleton<ResourceLibrary>();
        services.AddSingleton<ReviewDesk>();
        services.AddSingleton<ResourceSharing>();
        services.AddSingleton<ResourceConsents>();
        services.AddSingleton<Withdrawals>();
        services.AddSingleton<Adaptations>();
        services.AddSingleton<Comparisons>();
        services.AddSingleton<UpstreamDesk>();
        services.AddSingleton<LessonAdaptations>();
        services.AddSingleton<NearDuplicates>();
        services.AddSingleton<ResourceHistory>();
        services.AddSingleton<ResourceRows>();
        services.AddSingleton<RelatedResources>();
        services.AddSingleton<ResourceAudience>();
        services.AddSingleton<PackDesk>();
        services.AddSingleton<PackSharing>();
        services.AddSingleton<PackVersions>();
        services.AddSingleton<LessonLibrary>();
        services.AddSingleton<LessonSequences>();
        services.AddSingleton<CourseLibrary>();
        services.AddSingleton<CollectionLibrary>();
        services.AddSingleton<FilePassages>();
        services.AddSingleton<CatalogueImport>();
        services.AddSingleton<SchoolDirectory>();
        services.AddSingleton<PartnershipDesk>();
        services.AddSingleton<Agreements>();
        services.AddSingleton<PartnershipEnds>();
        services.AddSingleton<SchoolWords>();
        services.AddSingleton<Suggestions>();
        services.AddSingleton<BetterSpelling>();
        services.AddSingleton<ResourceSearch>();
        services.AddSingleton<FoundTexts>();
        services.AddSingleton<SharedKeys>();
        services.AddSingleton(s => new CursorSeal(s.GetRequiredService<SharedKeys>().CursorKey));
        return services;
    }
}
