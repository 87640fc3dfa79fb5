"""The explorer's answers: pictures, neighbours, paths and evidence as rows of its page, quick at any size."""
