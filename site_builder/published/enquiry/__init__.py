"""Lines of enquiry: which questions the released figures of a borough give rise to, and why. Nothing here is a verdict."""
