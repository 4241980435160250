"""No addresses at all: base stands without the features above it."""

urlpatterns: list[object] = []
