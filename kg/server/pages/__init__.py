"""The service's pages for people: each a job of a worker that gives HTML; none needs a script to be read."""
