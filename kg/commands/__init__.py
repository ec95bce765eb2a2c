"""The commands of `kg`, each a few lines over the library, which is imported only when it is needed."""
