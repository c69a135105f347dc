Console.Error.WriteLine("No figures yet.");
return 2;
