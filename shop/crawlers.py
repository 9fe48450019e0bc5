"""What search engines and browsers ask for by themselves, at addresses without a language."""

from django.urls import path

from shop.storefront import robots, sitemap

urlpatterns = [
    path("robots.txt", robots.robots, name="robots"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemap.section, name="sitemap-section"),
]
