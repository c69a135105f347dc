using ResourceHub.Core.Text;

namespace ResourceHub.Core.Schools;

public static class SchoolNames
{
    extension(IQueryable<School> schools)
    {
        /// <summary>Schools whose name, short name or place contains the words; all of them when there are none.</summary>
        public IQueryable<School> Named(string? text)
            => CleanText.Line(text) is not { } words ? schools
             : schools.Where(s => s.Name.Contains(words) || s.ShortName!.Contains(words) || s.District!.Contains(words) || s.City!.Contains(words) || s.Province!.Contains(words));
    }
}
